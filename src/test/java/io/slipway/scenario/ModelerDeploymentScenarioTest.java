package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.ModelKind;
import io.slipway.platform.process.ModelVersion;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.Urgency;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A process owner deploys from Camunda Modeler: what is answered, what it changes for which release, and what is refused. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
@Capability({"1.1", "5.1"})
class ModelerDeploymentScenarioTest {

    private static final String KEY = "approve-change";
    private static final String FILE = "approve-change.bpmn";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private ModelVersions versions;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Test
    void anEditedModelIsAProposalUntilAnotherOwnerAcceptsItAndChangesNewReleasesOnly() throws IOException {
        int used = versions.newestAccepted(ModelKind.PROCESS, KEY).orElseThrow().version();
        ReleaseStory before = request("3.1.0");
        Visitor modeler = callers.program("pia");
        assertThat(modeler.get("/engine-rest/version").statusCode()).isEqualTo(200);

        HttpResponse<String> answer = modeler.deployFromModeler(
                callers.rest("/deployment/create"), "approve-change", FILE, edited("with both eyes open"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode deployment = callers.read(answer);
        assertThat(deployment.path("name").asText()).isEqualTo("approve-change");
        assertThat(deployment.path("source").asText()).isEqualTo("Camunda Modeler");
        assertThat(deployment.path("id").asText()).isNotEmpty();
        JsonNode deployed = deployment.path("deployedProcessDefinitions");
        assertThat(deployed.size()).isEqualTo(1);
        JsonNode definition = deployed.elements().next();
        assertThat(definition.path("key").asText()).isEqualTo(KEY);
        int proposed = definition.path("version").asInt();
        assertThat(proposed).isGreaterThan(used);

        ModelVersion proposal = versions.find(ModelKind.PROCESS, KEY, proposed).orElseThrow();
        assertThat(proposal.state()).isEqualTo(ModelVersion.State.PROPOSED);
        assertThat(proposal.proposedBy()).isEqualTo(callers.id("pia"));
        assertThat(callers.person("peter").get("/models").body()).contains(KEY);
        ReleaseStory meanwhile = request("3.2.0");

        decide("pia", proposed, true);
        assertThat(versions.find(ModelKind.PROCESS, KEY, proposed).orElseThrow().state())
                .as("decided by whoever proposed it")
                .isEqualTo(ModelVersion.State.PROPOSED);
        for (String nobody : List.of("mara", "aldo", "ada", "oscar")) {
            decide(nobody, proposed, true);
        }
        assertThat(versions.newestAccepted(ModelKind.PROCESS, KEY).orElseThrow().version())
                .isEqualTo(used);
        decide("peter", proposed, true);
        assertThat(versions.newestAccepted(ModelKind.PROCESS, KEY).orElseThrow().version())
                .isEqualTo(proposed);
        ReleaseStory after = request("3.3.0");

        assertThat(called(before)).isEqualTo(used);
        assertThat(called(meanwhile)).isEqualTo(used);
        assertThat(called(after)).isEqualTo(proposed);
    }

    /** Leads a release straight to the approval, and tells in which version it was called. */
    private int called(ReleaseStory story) {
        hand.haltAt(story.key(), point -> point.process().equals(KEY));
        hand.turn(story.key());
        String root = story.release().processInstanceId().orElseThrow();
        access.asSystem(() -> {
            runtime.createProcessInstanceModification(root)
                    .startBeforeActivity("callActivity_approveChange")
                    .execute();
            return true;
        });
        hand.turn(story.key());
        ProcessInstance called = access.asSystem(() -> runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(story.key())
                .processDefinitionKey(KEY)
                .singleResult());
        return repository.getProcessDefinition(called.getProcessDefinitionId()).getVersion();
    }

    @Test
    void deployingTheSameAgainAddsNothing() throws IOException {
        String same = edited("the same twice");
        Visitor modeler = callers.program("peter");
        JsonNode first = callers.read(
                modeler.deployFromModeler(callers.rest("/deployment/create"), "approve-change", FILE, same));
        long proposals = versions.countProposals();

        HttpResponse<String> again =
                modeler.deployFromModeler(callers.rest("/deployment/create"), "approve-change", FILE, same);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(callers.read(again).path("id")).isEqualTo(first.path("id"));
        assertThat(versions.countProposals()).isEqualTo(proposals);
        decide(
                "pia",
                first.path("deployedProcessDefinitions")
                        .elements()
                        .next()
                        .path("version")
                        .asInt(),
                false);
        assertThat(versions.countProposals()).isEqualTo(proposals - 1);
    }

    @Test
    void aFaultyModelIsRefusedWithEveryElementAtFault() throws IOException {
        String faulty = model(KEY)
                .replace("<bpmn:serviceTask id=\"serviceTask_openChange\"", """
                    <bpmn:scriptTask id="scriptTask_run" name="Run" scriptFormat="juel"><bpmn:script>${1}</bpmn:script></bpmn:scriptTask>
                    <bpmn:serviceTask id="serviceTask_code" name="Code" camunda:asyncBefore="true" camunda:class="java.lang.Runtime" />
                    <bpmn:serviceTask id="serviceTask_call" name="Call" camunda:asyncBefore="true" camunda:expression="${execution.setVariable('a', 1)}" />
                    <bpmn:serviceTask id="serviceTask_bean" name="Bean" camunda:asyncBefore="true" camunda:delegateExpression="${dataSource}" />
                    <bpmn:serviceTask id="serviceTask_typo" name="Typo" camunda:asyncBefore="true" camunda:delegateExpression="${openChagneDelegate}" />
                    <bpmn:serviceTask id="serviceTask_topic" name="Topic" camunda:type="external" camunda:topic="deployment.other" />
                    <bpmn:userTask id="userTask_bare" name="Bare" camunda:candidateGroups="release-manager" />
                    <bpmn:task id="task_heard" name="Heard"><bpmn:extensionElements><camunda:executionListener expression="${1}" event="start" /></bpmn:extensionElements></bpmn:task>
                    <bpmn:serviceTask id="serviceTask_openChange\"\
                    """)
                .replace("camunda:candidateGroups=\"${approvalGroup}\"", "camunda:candidateGroups=\"approvers\"");
        long deployments = repository.createDeploymentQuery().count();

        HttpResponse<String> answer = callers.program("pia")
                .deployFromModeler(callers.rest("/deployment/create"), "approve-change", FILE, faulty);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode refusal = callers.read(answer);
        assertThat(refusal.path("type").asText()).isEqualTo("ParseException");
        List<String> elements = new ArrayList<>();
        for (JsonNode error : refusal.path("details").path(FILE).path("errors")) {
            elements.add(error.path("mainElementId").asText());
            assertThat(refusal.path("message").asText())
                    .contains(error.path("message").asText());
        }
        assertThat(elements)
                .contains(
                        "scriptTask_run",
                        "serviceTask_code",
                        "serviceTask_call",
                        "serviceTask_bean",
                        "serviceTask_typo",
                        "serviceTask_topic",
                        "userTask_bare",
                        "task_heard",
                        "userTask_approveChange");
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(deployments);
    }

    @Test
    void otherFilesAndOtherPeopleDeployNothing() throws IOException {
        HttpResponse<String> script = callers.program("pia")
                .deployFromModeler(callers.rest("/deployment/create"), "x", "run.groovy", "println 1");
        assertThat(script.statusCode()).isEqualTo(400);
        assertThat(script.body()).contains("run.groovy");
        for (String login : List.of("mara", "oscar", "ada", "dora", "aldo")) {
            assertThat(callers.program(login)
                            .deployFromModeler(callers.rest("/deployment/create"), "x", FILE, edited("by " + login))
                            .statusCode())
                    .as(login)
                    .isEqualTo(403);
        }
        assertThat(callers.anybody()
                        .deployFromModeler(callers.rest("/deployment/create"), "x", FILE, edited("by nobody"))
                        .statusCode())
                .isIn(401, 403);
    }

    @Test
    void anExpressionThatAnOwnerSmugglesInRunsNoCode(@TempDir Path folder) throws IOException {
        Path proof = folder.resolve("proof");
        String attack = "${''.getClass().forName('java.io.File').getConstructor(''.getClass()).newInstance('" + proof
                + "').createNewFile()}";
        String good = model("scope-release");
        String bad = good.replaceFirst(
                "(id=\"userTask_supplyItems\"[^>]*)camunda:priority=\"50\"",
                "$1camunda:priority=\"" + attack.replace("$", "\\$") + "\"");
        assertThat(bad).isNotEqualTo(good);
        // The expression is well-formed, and what it reaches is seen only when it runs.
        decide("peter", "scope-release", version(deploy("scope-release", bad)), true);
        try {
            ReleaseStory story = request("3.4.0");
            assertThatThrownBy(() -> hand.turn(story.key())).hasStackTraceContaining("not open to expressions");
        } finally {
            decide("peter", "scope-release", version(deploy("scope-release", good + "\n<!-- as it was -->")), true);
        }
        assertThat(Files.exists(proof)).isFalse();
    }

    private HttpResponse<String> deploy(String key, String xml) {
        return callers.program("pia").deployFromModeler(callers.rest("/deployment/create"), key, key + ".bpmn", xml);
    }

    private int version(HttpResponse<String> answer) {
        return callers.read(answer)
                .path("deployedProcessDefinitions")
                .elements()
                .next()
                .path("version")
                .asInt();
    }

    private ReleaseStory request(String version) {
        return ReleaseStory.requestedBy("mara", version, Urgency.NORMAL, application)
                .movedBy(hand::turn);
    }

    private void decide(String login, int version, boolean accept) {
        decide(login, KEY, version, accept);
    }

    /** As the page for it does; the token comes from a page that everybody sees. */
    private void decide(String login, String key, int version, boolean accept) {
        Visitor person = callers.person(login);
        person.form(
                "/models/process/" + key + "/" + version,
                Map.of("accept", String.valueOf(accept), "_csrf", person.token()));
    }

    private String edited(String remark) throws IOException {
        return model(KEY).replaceFirst("name=\"Approve change\"", "name=\"Approve change " + remark + "\"");
    }

    private String model(String key) throws IOException {
        String folder = key.equals(KEY) ? "governance" : "scope";
        try (InputStream in = getClass().getResourceAsStream("/bpmn/" + folder + "/" + key + ".bpmn")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
