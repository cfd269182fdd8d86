package io.slipway.demo.autopilot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.StoredIds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells from the audit trail what Slipway itself did for a release. */
@Component
@Profile("demo")
class StepLines {

    /** How a step is named in the trail: process, version and element; the steps of people are told by those who play them. */
    private static final Pattern STEP = Pattern.compile("([^:]+):(\\d+)/((?:serviceTask|businessRuleTask)_\\w+)");

    /** Processes that work at one environment, which the trail names before their steps. */
    private static final Set<String> AT_AN_ENVIRONMENT =
            Set.of("promote-to-environment", "deploy-release", "pass-quality-gate", "roll-back-release");

    /** What a check found, by the names that the phases give it. */
    private static final List<String> FINDINGS = List.of("failure", "seen");

    private static final String UNDO = "deployment.undo.";

    private final JdbcClient jdbc;
    private final RepositoryService repository;
    private final EngineAccess access;
    private final Waits waits;
    private final ObjectMapper json;
    private final Map<String, String> definitions = new ConcurrentHashMap<>();

    StepLines(
            JdbcClient jdbc, @Lazy RepositoryService repository, EngineAccess access, Waits waits, ObjectMapper json) {
        this.jdbc = jdbc;
        this.repository = repository;
        this.access = access;
        this.waits = waits;
        this.json = json;
    }

    /** Begins at the first entry of a release. */
    Reader fromTheBeginning(Release release) {
        return new Reader(release, 0);
    }

    /** Begins after the newest entry of a release. */
    Reader fromNow(Release release) {
        long newest = jdbc.sql("select coalesce(max(seq), 0) from audit_entry where release_id = ?")
                .param(StoredIds.bytes(release))
                .query(Long.class)
                .single();
        return new Reader(release, newest);
    }

    private record Entry(long seq, String action, String subject, JsonNode after) {}

    /** Reads on where it ended the last time. */
    final class Reader {

        private final Release release;
        private long last;
        private String environment = "its environment";
        private String finding = "";

        private Reader(Release release, long last) {
            this.release = release;
            this.last = last;
        }

        /** One line for each step and each new state since the last time. */
        List<String> news() {
            return jdbc
                    .sql("select seq, action, subject, facts_after from audit_entry"
                            + " where release_id = ? and seq > ? order by seq")
                    .params(StoredIds.bytes(release), last)
                    .query((row, index) -> new Entry(
                            row.getLong("seq"),
                            row.getString("action"),
                            row.getString("subject"),
                            facts(row.getString("facts_after"))))
                    .list()
                    .stream()
                    .flatMap(this::line)
                    .toList();
        }

        private Stream<String> line(Entry entry) {
            last = entry.seq();
            Matcher step = STEP.matcher(entry.subject());
            if (entry.action().equals("step.leave") && step.matches()) {
                String told = label(step.group(1), Integer.parseInt(step.group(2)), step.group(3))
                        + (AT_AN_ENVIRONMENT.contains(step.group(1)) ? " on " + environment : "")
                        + (entry.after().has("decided")
                                ? ": " + entry.after().path("decided").asText()
                                : finding);
                finding = "";
                return Stream.of(told);
            }
            if (entry.action().equals("release.enter")) {
                return Stream.of(">> "
                        + ReleaseState.valueOf(entry.after().path("state").asText())
                                .label());
            }
            if (entry.action().startsWith("environment.") || entry.action().startsWith("deployment.")) {
                environment = entry.subject();
            }
            if (entry.action().startsWith(UNDO)) {
                finding = ": " + words(entry.action().substring(UNDO.length()));
            }
            for (String name : FINDINGS) {
                String found = entry.after().path(name).asText();
                finding = found.isEmpty() ? finding : ": " + found;
            }
            return Stream.empty();
        }
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private JsonNode facts(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry is no JSON", e);
        }
    }

    private String label(String process, int version, String element) {
        return access.asSystem(() -> waits.label(
                definitions.computeIfAbsent(process + ":" + version, key -> definition(process, version)), element));
    }

    private String definition(String process, int version) {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(process)
                .processDefinitionVersion(version)
                .singleResult()
                .getId();
    }
}
