package io.slipway.demo.autopilot;

import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells from the audit trail what Slipway itself did for a release since it was asked last. */
@Component
@Profile("demo")
class StepLines {

    private static final Pattern STEP = Pattern.compile("([^:]+):(\\d+)/(\\w+)");
    private static final Pattern STATE = Pattern.compile("\"state\":\"(\\w+)\"");

    private final JdbcClient jdbc;
    private final RepositoryService repository;
    private final EngineAccess access;
    private final Waits waits;
    private final Map<String, String> definitions = new HashMap<>();

    StepLines(JdbcClient jdbc, @Lazy RepositoryService repository, EngineAccess access, Waits waits) {
        this.jdbc = jdbc;
        this.repository = repository;
        this.access = access;
        this.waits = waits;
    }

    /**
     * What was done.
     *
     * @param last place of the newest entry that was looked at
     * @param lines one line for each step and each new state
     */
    record News(long last, List<String> lines) {}

    private record Entry(long seq, String action, String subject, String after) {}

    /** The steps after a place in the audit trail. */
    News since(Release release, long last) {
        List<Entry> entries = jdbc.sql("select seq, action, subject, facts_after from audit_entry"
                        + " where release_id = ? and seq > ? order by seq")
                .params(bytes(release.id().value()), last)
                .query((row, index) -> new Entry(
                        row.getLong("seq"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("facts_after")))
                .list();
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            Matcher step = STEP.matcher(entry.subject());
            Matcher state = STATE.matcher(entry.after());
            if (entry.action().equals("step.leave") && step.matches() && !step.group(3).startsWith("userTask_")) {
                lines.add(label(step.group(1), Integer.parseInt(step.group(2)), step.group(3)));
            } else if (entry.action().equals("release.enter") && state.find()) {
                lines.add("== " + ReleaseState.valueOf(state.group(1)).label() + " ==");
            }
        }
        return new News(entries.isEmpty() ? last : entries.get(entries.size() - 1).seq(), lines);
    }

    private String label(String process, int version, String element) {
        return access.asSystem(() -> waits.label(
                definitions.computeIfAbsent(process + ":" + version, key -> definition(process, version)), element));
    }

    private String definition(String process, int version) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .processDefinitionVersion(version)
                .singleResult();
        return definition.getId();
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
