package io.slipway.platform.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What processes wait for, found by their business key through all call levels, for a whole page of them in one statement.
 *
 * <p>The engine's own queries answer this task by task; a page of releases would take a hundred of them.
 */
@Component
public class OpenWork {

    private static final String WAITS = """
            select e.BUSINESS_KEY_ as BK, 'TASK' as KIND, t.ID_ as ID, t.NAME_ as LABEL, t.TASK_DEF_KEY_ as ELEMENT, t.PROC_INST_ID_ as PI,
                   t.PROC_DEF_ID_ as PD, t.ASSIGNEE_ as WHO, u.FIRST_ as FIRST_NAME, u.LAST_ as LAST_NAME, l.GROUP_ID_ as GRP,
                   t.CREATE_TIME_ as SINCE, t.DUE_DATE_ as DUE, t.DESCRIPTION_ as MSG, t.PRIORITY_ as PRIO
            from ACT_RU_EXECUTION e
            join ACT_RU_TASK t on t.PROC_INST_ID_ = e.ID_
            left join ACT_RU_IDENTITYLINK l on l.TASK_ID_ = t.ID_ and l.TYPE_ = 'candidate' and l.GROUP_ID_ is not null
            left join ACT_ID_USER u on u.ID_ = t.ASSIGNEE_
            where e.BUSINESS_KEY_ in (:keys)
            union all
            select e.BUSINESS_KEY_, 'INCIDENT', i.ID_, null, coalesce(i.FAILED_ACTIVITY_ID_, i.ACTIVITY_ID_), i.PROC_INST_ID_,
                   i.PROC_DEF_ID_, null, null, null, null, i.INCIDENT_TIMESTAMP_, null, i.INCIDENT_MSG_, 0
            from ACT_RU_EXECUTION e
            join ACT_RU_INCIDENT i on i.PROC_INST_ID_ = e.ID_ and i.CAUSE_INCIDENT_ID_ = i.ID_
            where e.BUSINESS_KEY_ in (:keys)
            union all
            select e.BUSINESS_KEY_, case when j.EXCEPTION_MSG_ is null then 'TIMER' else 'RETRY' end, j.ID_, null,
                   coalesce(j.FAILED_ACT_ID_, d.ACT_ID_), j.PROCESS_INSTANCE_ID_, j.PROCESS_DEF_ID_, null, null, null, null,
                   j.CREATE_TIME_, j.DUEDATE_, j.EXCEPTION_MSG_, 0
            from ACT_RU_EXECUTION e
            join ACT_RU_JOB j on j.PROCESS_INSTANCE_ID_ = e.ID_ and j.RETRIES_ > 0
                 and (j.EXCEPTION_MSG_ is not null or j.HANDLER_TYPE_ = 'timer-intermediate-transition')
            left join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_
            where e.BUSINESS_KEY_ in (:keys)
            union all
            select e.BUSINESS_KEY_, 'RETRY', x.ID_, null, x.ACT_ID_, x.PROC_INST_ID_, x.PROC_DEF_ID_, null, null, null, null,
                   x.CREATE_TIME_, x.LOCK_EXP_TIME_, x.ERROR_MSG_, 0
            from ACT_RU_EXECUTION e
            join ACT_RU_EXT_TASK x on x.PROC_INST_ID_ = e.ID_ and x.ERROR_MSG_ is not null and x.RETRIES_ > 0
            where e.BUSINESS_KEY_ in (:keys)
            order by 12, 3
            """;

    private final JdbcClient jdbc;

    OpenWork(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a process can wait for. */
    public enum Kind {
        /** A person who decides. */
        TASK,
        /** Somebody who removes the cause of a failure and lets the step run again. */
        INCIDENT,
        /** The next attempt of a step that failed. */
        RETRY,
        /** A moment. */
        TIMER
    }

    /**
     * One thing that a process waits for.
     *
     * @param id id of the task, incident, job or external task
     * @param name name of the task; null for everything else
     * @param element id of the element in its model
     * @param definition id of the process definition
     * @param assignee who holds the task; null while nobody does
     * @param assigneeName the name of that person
     * @param groups candidate groups of the task
     * @param since since when
     * @param due when the task is due, or when the timer or the next attempt is; null when there is no such moment
     * @param message description of the task, or what went wrong
     */
    public record Wait(
            String businessKey,
            Kind kind,
            String id,
            @Nullable String name,
            @Nullable String element,
            String instance,
            String definition,
            @Nullable String assignee,
            @Nullable String assigneeName,
            Set<String> groups,
            @Nullable Instant since,
            @Nullable Instant due,
            @Nullable String message,
            int priority) {}

    /** Everything that the processes with these business keys wait for, by key, the oldest first. */
    public Map<String, List<Wait>> of(Collection<String> businessKeys) {
        if (businessKeys.isEmpty()) {
            return Map.of();
        }
        Map<String, Wait> waits = new LinkedHashMap<>();
        jdbc.sql(WAITS).param("keys", businessKeys).query(row -> {
            waits.merge(row.getString("ID"), wait(row), OpenWork::withGroupsOfBoth);
        });
        Map<String, List<Wait>> byKey = new LinkedHashMap<>();
        waits.values().forEach(wait -> byKey.computeIfAbsent(wait.businessKey(), key -> new ArrayList<>())
                .add(wait));
        return byKey;
    }

    private static Wait wait(ResultSet row) throws SQLException {
        String assignee = row.getString("WHO");
        String group = row.getString("GRP");
        return new Wait(
                row.getString("BK"),
                Kind.valueOf(row.getString("KIND")),
                row.getString("ID"),
                row.getString("LABEL"),
                row.getString("ELEMENT"),
                row.getString("PI"),
                row.getString("PD"),
                assignee,
                assignee == null ? null : named(row.getString("FIRST_NAME"), row.getString("LAST_NAME"), assignee),
                group == null ? Set.of() : Set.of(group),
                instant(row.getTimestamp("SINCE")),
                instant(row.getTimestamp("DUE")),
                row.getString("MSG"),
                row.getInt("PRIO"));
    }

    private static String named(@Nullable String first, @Nullable String last, String person) {
        String name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        return name.isEmpty() ? person : name;
    }

    private static Wait withGroupsOfBoth(Wait one, Wait other) {
        Set<String> groups = new TreeSet<>(one.groups());
        groups.addAll(other.groups());
        return new Wait(
                one.businessKey(),
                one.kind(),
                one.id(),
                one.name(),
                one.element(),
                one.instance(),
                one.definition(),
                one.assignee(),
                one.assigneeName(),
                groups,
                one.since(),
                one.due(),
                one.message(),
                one.priority());
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
