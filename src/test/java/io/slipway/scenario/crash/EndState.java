package io.slipway.scenario.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SampleLandscape;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.Targets;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What became of a release, line by line and without what differs from run to run: ids and times. */
final class EndState {

    private static final String RELEASE = "(select id from slipway_release where release_key = ?)";

    private final JdbcClient jdbc;
    private final Releases releases;
    private final Targets targets;
    private final DemoStage stage;
    private final ObjectMapper json;
    private final Path agentDirectory;

    EndState(
            JdbcClient jdbc,
            Releases releases,
            Targets targets,
            DemoStage stage,
            ObjectMapper json,
            @Value("${slipway.targets.agent.data-dir}") Path agentDirectory) {
        this.jdbc = jdbc;
        this.releases = releases;
        this.targets = targets;
        this.stage = stage;
        this.json = json;
        this.agentDirectory = agentDirectory;
    }

    /** Where users reach the sample in production. */
    String address() {
        return stage.address(SampleLandscape.PRODUCTION).toString();
    }

    /** The lines, sorted; what occurs several times stands once with its number. */
    List<String> of(String key) {
        Release release = releases.find(key).orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add("release " + release.state() + " " + release.outcome().orElse(null));
        add(lines, "effect", "select effect_key, state from effect where business_key = ?", key);
        add(
                lines,
                "deployment",
                "select environment_key, deployment_number, version, package_digest from deployment where business_key = ?",
                key);
        add(
                lines,
                "running",
                "select environment_key, version from running_version where system_key = ?",
                SampleLandscape.SYSTEM);
        add(lines, "package", "select round_number, name, sha256 from package_file where release_id = " + RELEASE, key);
        add(lines, "audit", "select action from audit_entry where release_id = " + RELEASE, key);
        add(
                lines,
                "step",
                "select a.act_type_, i.proc_def_key_, a.act_id_ from act_hi_actinst a join act_hi_procinst i on"
                        + " i.proc_inst_id_ = a.proc_inst_id_ where i.business_key_ = ? and a.act_type_ in"
                        + " ('userTask', 'serviceTask', 'sendTask', 'callActivity', 'businessRuleTask', 'noneEndEvent')",
                key);
        add(
                lines,
                "mail",
                "select m.kind, p.login, m.state from mail_message m join person p on p.id = m.person_id where"
                        + " m.release_id = " + RELEASE,
                key);
        add(
                lines,
                "kept",
                "select o.recipient, o.subject from outbox_mail o join mail_message m on m.message_id = o.message_id where"
                        + " m.release_id = " + RELEASE,
                key);
        add(lines, "incident", "select activity_id_ from act_ru_incident where ? is not null", key);
        for (String environment : List.of("development", "staging", SampleLandscape.PRODUCTION)) {
            targets.route(new Route(environment, SampleLandscape.SYSTEM))
                    .ifPresent(route -> lines.add("route " + environment + " " + route.serviceId()));
        }
        for (JsonNode effect : journal()) {
            lines.add("journal " + effect.path("operation").asText() + " "
                    + effect.path("key").asText() + " " + effect.path("subject").asText());
        }
        Map<String, Integer> counted = new TreeMap<>();
        String id = release.id().toString();
        lines.stream().map(line -> line.replace(id, "ID")).forEach(line -> counted.merge(line, 1, Integer::sum));
        return counted.entrySet().stream()
                .map(line -> line.getKey() + (line.getValue() == 1 ? "" : " x" + line.getValue()))
                .toList();
    }

    private void add(List<String> lines, String what, String query, String key) {
        jdbc.sql(query)
                .param(key)
                .query((row, number) -> {
                    StringBuilder line = new StringBuilder(what);
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        line.append(' ').append(row.getString(i));
                    }
                    return line.toString();
                })
                .list()
                .forEach(lines::add);
    }

    private List<JsonNode> journal() {
        List<JsonNode> effects = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(agentDirectory.resolve("journal.jsonl"))) {
                effects.add(json.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return effects;
    }
}
