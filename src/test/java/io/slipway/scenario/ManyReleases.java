package io.slipway.scenario;

import io.slipway.release.Release;
import io.slipway.release.StoredIds;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes ten thousand releases out of two by SQL, with everything that belongs to them: every table that grows is multiplied, whatever
 * its name, so that a table of tomorrow grows here too. It says the same on the embedded database and on a server.
 *
 * <p>A copy keeps what its original says and gets ids, keys and times of its own; rows that refer to each other go on doing so, because
 * the id of a copy is computed from the id of its original. Some rows are multiplied within the two releases as well, because a
 * list within a release may be long too.
 */
public final class ManyReleases {

    /** Copies of each of the two, so that there are ten thousand and two. */
    static final int RELEASES = 5_000;

    /** Copies of what only the page of one release shows; lists of other pages do not read it. */
    private static final int OF_ONE_RELEASE = 300;

    private static final int BATCH = 2_500;
    private static final int WITHIN = 60;
    private static final int FROM_WITHIN = 90_001;

    /** So many of the rows of each of the two are multiplied; of the others one. */
    private static final Map<String, Integer> MANY_EACH =
            Map.of("audit_entry", 3, "mail_message", 3, "scope_item", 3, "act_ru_execution", 2);

    /** What does not grow with releases: the landscape, people and the settings of both, and what exists once for a place. */
    private static final Set<String> STANDING = Set.of(
            "flyway_schema_history",
            "managed_system",
            "environment",
            "environment_site",
            "system_region",
            "running_version",
            "cmdb_item",
            "person",
            "account_proposal",
            "mail_zone",
            "effect_fence",
            "cut_over_name",
            "script_rule",
            "migration_data",
            "deputy",
            "environment_booking",
            "roster_member",
            "model_version",
            "calendar_rule",
            "node",
            "node_turn",
            "alarm",
            "spring_session",
            "spring_session_attributes");

    /** Of these a single release has many. */
    private static final Set<String> MANY_WITHIN = Set.of(
            "release_comment",
            "finding",
            "finding_sighting",
            "finding_triage",
            "gate_evidence",
            "gate_waiver",
            "board_vote",
            "board_ballot",
            "exemption",
            "obligation",
            "audit_entry",
            "assumption",
            "assumption_check",
            "success_metric",
            "metric_verdict",
            "mail_message",
            "known_issue",
            "mail_acknowledgement",
            "ladder_question",
            "team_dependency",
            "release_delay",
            "material",
            "traffic_look",
            "script_run",
            "script_line",
            "build_request",
            "build_record",
            "build_comparison",
            "package_hop",
            "package_file",
            "booking_slot",
            "booking_conflict",
            "review_point",
            "lesson",
            "lesson_tag",
            "feedback_report",
            "feedback_link",
            "feedback_verdict",
            "closure_addendum",
            "deployment",
            "deployment_fact",
            "risk_adjustment",
            "synthetic_run",
            "side_process",
            "trade_off",
            "exit_waiver");

    /** Rows of releases that lists across releases show, or look up for what they show. */
    private static final Set<String> ACROSS = Set.of(
            "audit_entry",
            "booking_slot",
            "change_ticket",
            "deployment",
            "deployment_fact",
            "exemption",
            "finding",
            "mail_acknowledgement",
            "mail_message",
            "milestone",
            "obligation",
            "release_involvement",
            "release_window",
            "release_word",
            "service_instance");

    private static final Set<String> ENGINE =
            Set.of("act_ru_execution", "act_ru_task", "act_hi_procinst", "act_hi_actinst");

    private static final Set<String> ENGINE_IDS = Set.of(
            "id_",
            "proc_inst_id_",
            "execution_id_",
            "root_proc_inst_id_",
            "parent_id_",
            "super_exec_",
            "super_process_instance_id_",
            "call_proc_inst_id_",
            "call_task_id_",
            "task_id_",
            "act_inst_id_",
            "parent_act_inst_id_",
            "var_scope_");

    private static final Set<String> RELEASE_KEYS =
            Set.of("release_key", "business_key", "business_key_", "caused_by_release", "subject_key");

    private static final Set<String> PROCESS_IDS = Set.of("process_instance_id", "task_id", "process_id");

    /** What stands in columns of tables that the two releases left empty; everything else gets something of its type. */
    private static final Map<String, String> FILLINGS = fillings();

    private record Column(String name, String type, long length, boolean identity) {}

    /**
     * A table to be multiplied.
     *
     * @param name in lower case
     * @param stored as the database has it, for which large and small letters may be different ones
     */
    private record Table(String name, String stored, List<Column> columns, List<List<String>> unique) {

        boolean has(String column) {
            return columns.stream().anyMatch(one -> one.name().equals(column));
        }
    }

    private final JdbcTemplate jdbc;
    private final MultiplyingSql sql;
    private final Release ended;
    private final Release open;
    private int made;

    private ManyReleases(Connection connection, Release ended, Release open) throws SQLException {
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        this.sql = MultiplyingSql.of(connection);
        this.ended = ended;
        this.open = open;
    }

    /** Multiplies one release that has ended and one that is open, as the owner of the tables. */
    static void of(DataSource owner, Release ended, Release open) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(true);
            ManyReleases many = begin(connection, ended, open);
            many.growTo(2 * RELEASES);
            many.end();
        }
    }

    /** Takes aside what {@link #growTo} multiplies, over a connection of the owner that commits by itself. */
    public static ManyReleases begin(Connection connection, Release ended, Release open) throws SQLException {
        ManyReleases many = new ManyReleases(connection, ended, open);
        many.sql.prepare(many.jdbc);
        many.eachTable(table -> {
            if (!ENGINE.contains(table.name())) {
                many.fill(table);
            }
            many.takeOriginals(table);
        });
        return many;
    }

    /** Adds as many copies as make this number of releases, half of each of the two; at most a hundred thousand. */
    public void growTo(int releases) {
        int until = releases / 2;
        eachTable(table -> {
            int most =
                    table.has("release_id") && !ACROSS.contains(table.name()) ? Math.min(until, OF_ONE_RELEASE) : until;
            for (int from = made + 1; from <= most; from += BATCH) {
                copy(table, from, Math.min(from + BATCH - 1, most));
            }
            if (made == 0 && MANY_WITHIN.contains(table.name())) {
                copy(table, FROM_WITHIN, FROM_WITHIN + WITHIN - 1);
            }
        });
        made = until;
        sql.analyze(jdbc, tables().values().stream().map(Table::stored).toList());
    }

    /** Takes away what was taken aside. */
    public void end() {
        tables().keySet().forEach(name -> jdbc.execute("drop table if exists original_" + name));
        jdbc.execute("drop table if exists original_numbers");
    }

    /** Names of the tables of an embedded database that have many rows now. */
    static Set<String> growing(Connection connection) {
        return Set.copyOf(new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .queryForList(
                        "select table_name from information_schema.tables where table_schema = 'PUBLIC' and row_count_estimate > 1000",
                        String.class));
    }

    private void eachTable(Consumer<Table> deed) {
        sql.beginWriting(jdbc);
        List<String> failed = new ArrayList<>();
        for (Table table : tables().values()) {
            try {
                deed.accept(table);
            } catch (DataAccessException e) {
                failed.add(table.name() + ": " + e.getMostSpecificCause().getMessage());
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("Rows cannot be multiplied: " + String.join("; ", failed));
        }
        sql.endWriting(jdbc);
    }

    private Map<String, Table> tables() {
        Map<String, List<Column>> columns = new TreeMap<>();
        jdbc.query(sql.columns(), row -> {
            columns.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                    .add(new Column(
                            lower(row.getString(2)), row.getString(3), row.getLong(4), "YES".equals(row.getString(5))));
        });
        Map<String, Map<String, List<String>>> unique = new HashMap<>();
        jdbc.query(sql.uniqueColumns(), row -> {
            unique.computeIfAbsent(row.getString(1), name -> new LinkedHashMap<>())
                    .computeIfAbsent(row.getString(2), name -> new ArrayList<>())
                    .add(lower(row.getString(3)));
        });
        Map<String, Table> tables = new TreeMap<>();
        columns.forEach((stored, of) -> {
            String name = lower(stored);
            boolean ours = !name.startsWith("act_") && !name.startsWith("original_");
            if (ENGINE.contains(name) || (ours && !STANDING.contains(name))) {
                tables.put(
                        name,
                        new Table(
                                name,
                                stored,
                                of,
                                List.copyOf(
                                        unique.getOrDefault(stored, Map.of()).values())));
            }
        });
        return tables;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Puts a row for each of the two releases where there is none. */
    private void fill(Table table) {
        if (Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select 1 from " + table.stored() + ")", Boolean.class))) {
            return;
        }
        // Without an evaluation nothing was signed.
        if (table.name().equals("release_closure")
                || table.columns().stream().anyMatch(column -> !inventable(table, column))) {
            return;
        }
        List<Release> releases =
                table.has("release_id") || table.has("release_key") ? List.of(ended, open) : List.of(open);
        for (Release release : releases) {
            List<Column> written = table.columns().stream()
                    .filter(column -> !column.identity())
                    .toList();
            jdbc.update(
                    "insert into " + table.stored() + " (" + names(written) + ") values ("
                            + written.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")",
                    written.stream()
                            .map(column -> filling(table, column, release))
                            .toArray());
        }
    }

    /** What a program wrote for itself, and words of a list of words, cannot be made up. */
    private static boolean inventable(Table table, Column column) {
        return FILLINGS.containsKey(table.name() + "." + column.name())
                || (!column.type().equals("character large object")
                        && column.length() <= 4_000
                        && !Set.of(
                                        "kind",
                                        "state",
                                        "verdict",
                                        "outcome",
                                        "content",
                                        "brief",
                                        "proof",
                                        "differences",
                                        "options",
                                        "facts",
                                        "findings")
                                .contains(column.name()));
    }

    private @Nullable Object filling(Table table, Column column, Release release) {
        String said = FILLINGS.get(table.name() + "." + column.name());
        if (said != null) {
            return said.equals("null") ? null : said;
        }
        return switch (column.name()) {
            case "release_id", "last_release_id" -> StoredIds.bytes(release);
            case "release_key", "business_key", "caused_by_release" -> release.key();
            case "system_key" -> release.system();
            case "environment_key" -> "production";
            case "zone" -> "UTC";
            case "ends_at", "end_at", "window_end", "blocked_until" ->
                java.sql.Timestamp.from(java.time.Instant.now().plusSeconds(90_000));
            default ->
                switch (column.type()) {
                    case "binary" -> StoredIds.bytes(java.util.UUID.randomUUID());
                    case "bigint", "integer" -> release == ended ? 1 : 2;
                    case "boolean" -> false;
                    case "timestamp" ->
                        java.sql.Timestamp.from(java.time.Instant.now().plusSeconds(86_400));
                    case "character large object" -> "[]";
                    default ->
                        column.name().endsWith("_by")
                                        || column.name().startsWith("person")
                                        || column.name().equals("author")
                                ? release.requestedBy()
                                : column.length() < 20 ? "X" : "X " + release.key();
                };
        };
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /** Takes aside what is copied, so that copies are made of originals only. */
    private void takeOriginals(Table table) {
        String partition = "";
        if (table.has("release_id") || table.name().equals("slipway_release")) {
            partition = "partition by " + (table.has("release_id") ? "release_id" : "id");
        }
        String order = table.unique().isEmpty()
                ? ""
                : " order by " + table.unique().get(0).get(0);
        jdbc.execute("create table original_" + table.name() + " as select " + names(table.columns())
                + " from (select q.*, row_number() over (" + partition + order + ") as place_ from " + table.stored()
                + " q) r where place_ <= " + MANY_EACH.getOrDefault(table.name(), 1));
    }

    private void copy(Table table, int from, int until) {
        boolean within = from >= FROM_WITHIN;
        Map<String, String> copied = new HashMap<>();
        for (Column column : table.columns()) {
            String expression = expression(table, column, within);
            if (expression != null) {
                copied.put(column.name(), expression);
            }
        }
        for (List<String> key : table.unique()) {
            if (key.stream().noneMatch(copied::containsKey)) {
                own(table, key, copied);
            }
        }
        String whose = "";
        if (table.has("release_id")) {
            whose =
                    " where t.release_id is null or t.release_id = case when mod(x, 2) = 1 then cast(? as binary(16)) else cast(? as binary(16)) end";
        } else if (table.name().equals("slipway_release")) {
            whose = " where t.id = case when mod(x, 2) = 1 then cast(? as binary(16)) else cast(? as binary(16)) end";
        }
        String insert = "insert into " + table.stored() + " (" + names(table.columns()) + ") select "
                + table.columns().stream()
                        .map(column -> copied.getOrDefault(column.name(), "t." + column.name()))
                        .collect(Collectors.joining(", "))
                + " from original_" + table.name() + " t, " + sql.numbers(from, until) + whose;
        if (whose.isEmpty()) {
            jdbc.update(insert);
        } else {
            jdbc.update(insert, StoredIds.bytes(ended), StoredIds.bytes(open));
        }
    }

    /** Makes one column of a key differ, the last one that can. */
    private void own(Table table, List<String> key, Map<String, String> copied) {
        for (int i = key.size() - 1; i >= 0; i--) {
            String name = key.get(i);
            Column column = table.columns().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            if (column.type().equals("character varying")) {
                copied.put(name, sql.joined("left(t." + name + ", " + (column.length() - 8) + ")", "'-c'", "x"));
                return;
            }
            if (column.type().equals("integer")) {
                copied.put(name, "t." + name + " + x * 100");
                return;
            }
        }
    }

    private @Nullable String expression(Table table, Column column, boolean within) {
        String name = column.name();
        if (ENGINE.contains(table.name())) {
            return ENGINE_IDS.contains(name) ? textId(name) : RELEASE_KEYS.contains(name) ? key(name) : null;
        }
        if (within && (name.equals("release_id") || name.equals("last_release_id") || RELEASE_KEYS.contains(name))) {
            return null;
        }
        if (column.type().equals("binary")) {
            return sql.ownId(name);
        }
        if (column.type().equals("bigint")
                && (name.equals("id") || name.equals("seq") || name.endsWith("_id") || name.endsWith("_seq"))) {
            return "t." + name + " + x * 100000";
        }
        if (column.type().equals("timestamp")) {
            // Of one week, and each a moment of its own, because some tables have one as a part of their key.
            return sql.earlier(name, "30 * mod(x, 20000)", "floor(x / 20000)");
        }
        if (PROCESS_IDS.contains(name)) {
            return textId(name);
        }
        if (RELEASE_KEYS.contains(name)
                || name.equals("template_key")
                || (table.name().equals("slipway_release") && name.equals("version"))
                || (table.name().equals("deployment") && name.equals("version") && !within)
                || (table.name().equals("access_change") && name.equals("person_id"))) {
            return key(name);
        }
        return null;
    }

    private String key(String name) {
        return sql.joined("t." + name, "'-c'", "x");
    }

    /** Ids of the engine end in something random. */
    private String textId(String name) {
        return "case when length(t." + name + ") > 12 then "
                + sql.joined("left(t." + name + ", length(t." + name + ") - 6)", "'c'", "lpad(x, 5, '0')") + " else t."
                + name + " end";
    }

    private static Map<String, String> fillings() {
        Map<String, String> of = new HashMap<>();
        of.put("board_vote.state", "OPEN");
        of.put("board_vote.outcome", "null");
        of.put("board_vote.concluded_at", "null");
        of.put("board_ballot.choice", "SHIP");
        of.put("exemption.state", "GRANTED");
        of.put("finding.severity", "WARNING");
        of.put("finding.triage_state", "OPEN");
        of.put("finding.suppressed_severity", "null");
        of.put("finding.suppressed_until", "null");
        of.put("finding.suppressed_snippet", "null");
        of.put("finding.suppressed_release", "null");
        of.put("finding_sighting.severity", "WARNING");
        of.put("finding_triage.verdict", "FALSE_POSITIVE");
        of.put("finding_triage.severity", "WARNING");
        of.put("finding_triage.state", "PROPOSED");
        of.put("adherence_finding.rule_name", "SKIPPED_CONTROL");
        of.put("incident.priority", "P3");
        of.put("incident.resolved_at", "null");
        of.put("lockdown.state", "ENDED");
        of.put("lockdown.open_scope", "null");
        of.put("lockdown.decision", "APPROVE");
        of.put("booking_conflict.settlement", "null");
        of.put("calendar_rule.kind", "DENY");
        of.put("calendar_rule.lifted_at", "null");
        of.put("calendar_rule.zone", "UTC");
        of.put("blackout.zone", "UTC");
        of.put("blackout.lifted_at", "null");
        of.put("material.kind", "TRAINING");
        of.put("material.state", "PLANNED");
        of.put("material.body", "null");
        of.put("finding.path", "src/Orders.java");
        of.put("finding.message", "It may be null.");
        of.put("release_comment.content", "Said.");
        of.put("mail_message.content", "{}");
        of.put("mail_message.kind", "release.planned");
        of.put("lesson.content", "Warm the cache.");
        of.put("review_point.content", "The cache was cold.");
        of.put("config_value.content", "plain");
        of.put("trusted_key.certificate", "none");
        of.put("release_delay.state", "OVER");
        of.put("release_delay.open_for", "null");
        of.put("standard_change.state", "PROPOSED");
        of.put("assumption.state", "HOLDS");
        of.put("assumption.depending_tasks", "");
        of.put("assumption_check.state", "HOLDS");
        of.put("success_metric.source", "PERSON");
        of.put("success_metric.direction", "AT_LEAST");
        of.put("success_metric.baseline", "1");
        of.put("success_metric.target", "2");
        of.put("metric_verdict.verdict", "MET");
        of.put("metric_verdict.measured", "2");
        of.put("staffing_seat.answer", "PRESENT");
        of.put("mail_message.state", "SENT");
        of.put("traffic_look.verdict", "ACCEPTED");
        of.put("review_point.kind", "HELPED");
        of.put("obligation.kind", "WAIVER");
        of.put("obligation.owner_role", "qa");
        of.put("obligation.fulfilled_at", "null");
        of.put("feedback_link.source", "INCIDENT");
        of.put("risk_assessment.level", "LOW");
        of.put("risk_assessment.rollback_tested", "null");
        of.put("risk_adjustment.from_level", "LOW");
        of.put("risk_adjustment.to_level", "HIGH");
        of.put("readiness_verdict.verdict", "READY");
        of.put("class_override.class_before", "MAJOR");
        of.put("class_override.class_after", "MINOR");
        of.put("deployment_fact.deployed_on", "2026-11-20");
        of.put("deployment_fact.lead_from", "COMMIT");
        of.put("required_update.kind", "RUNBOOK");
        of.put("trade_off_decision.ending", "AGREED");
        of.put("trade_off_answer.answer", "ACCEPT");
        of.put("trade_off_answer.counter_target", "null");
        of.put("metric_comparison.verdict", "GOOD");
        of.put("build_comparison.verdict", "DIFFERS");
        of.put("lesson.release_class", "MINOR");
        of.put("validation.baked_at", "2026-11-20 00:00:00");
        of.put("release_closure.outcome", "SUCCESSFUL");
        of.put("emergency_review.verdict", "ACCEPTED");
        of.put("go_decision.decision", "GO");
        of.put("calendar_rule.rule_text", "DTSTART;TZID=UTC:20260101T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY");
        return of;
    }
}
