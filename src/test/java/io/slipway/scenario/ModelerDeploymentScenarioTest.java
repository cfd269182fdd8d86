package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
                    .startBeforeActivity("callActivity_authoriseChange")
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
        String bad = model("scope-release")
                .replaceFirst(
                        "(id=\"userTask_supplyItems\"[^>]*)camunda:priority=\"50\"",
                        "$1camunda:priority=\"" + attack.replace("$", "\\$") + "\"");

        refused(deploy("scope-release", bad), "scope-release.bpmn", "userTask_supplyItems", "calls a method");

        assertThat(Files.exists(proof)).isFalse();
    }

    /** A fault to plant: in which file, which text is replaced by which, and what must be said of which element. */
    private record Planted(String file, String text, String replacement, String element, String said) {

        static Planted step(String xml, String element, String said) {
            return new Planted(FILE, START, xml + START, element, said);
        }

        @Override
        public String toString() {
            return element + " " + said;
        }
    }

    private static final String START = "<bpmn:startEvent id=\"startEvent_approvalOpened\"";
    private static final String DMN = "approval-requirements.dmn";
    private static final String FORM = "assess-risk.form";

    static Stream<Planted> faults() {
        return Stream.of(
                Planted.step(
                        "<bpmn:endEvent id=\"end_class\"><bpmn:messageEventDefinition id=\"m1\" camunda:class=\"java.lang.Runtime\" /></bpmn:endEvent>",
                        "m1",
                        "camunda:class"),
                Planted.step(
                        "<bpmn:intermediateThrowEvent id=\"throw_expression\"><bpmn:messageEventDefinition id=\"m2\" camunda:expression=\"${dataSource.connection}\" /></bpmn:intermediateThrowEvent>",
                        "throw_expression",
                        "sends a message"),
                Planted.step(
                        "<bpmn:endEvent id=\"end_external\"><bpmn:messageEventDefinition id=\"m3\" camunda:type=\"external\" camunda:topic=\"deployment.startService\" /></bpmn:endEvent>",
                        "m3",
                        "camunda:topic"),
                Planted.step(
                        "<bpmn:sendTask id=\"sendTask_x\" camunda:class=\"java.lang.Runtime\" />",
                        "sendTask_x",
                        "sendTask"),
                Planted.step(
                        "<bpmn:businessRuleTask id=\"rule_delegate\" camunda:delegateExpression=\"${openChangeDelegate}\" />",
                        "rule_delegate",
                        "camunda:delegateExpression"),
                Planted.step(
                        "<bpmn:businessRuleTask id=\"rule_latest\" camunda:decisionRef=\"approval-requirements\" camunda:resultVariable=\"approvalGroups\" />",
                        "rule_latest",
                        "the version that the release recorded"),
                Planted.step(
                        "<bpmn:serviceTask id=\"service_mail\" camunda:type=\"mail\" />",
                        "service_mail",
                        "\"external\""),
                Planted.step(
                        "<bpmn:callActivity id=\"call_unknown\" calledElement=\"nothing\" camunda:calledElementBinding=\"version\" camunda:calledElementVersion=\"${models.process('nothing', execution)}\" />",
                        "call_unknown",
                        "which does not exist"),
                Planted.step(
                        "<bpmn:callActivity id=\"call_mapped\" calledElement=\"deploy-release\" camunda:variableMappingClass=\"java.lang.String\" />",
                        "call_mapped",
                        "camunda:variableMappingClass"),
                Planted.step(
                        "<bpmn:callActivity id=\"call_mapping\" calledElement=\"deploy-release\" camunda:variableMappingDelegateExpression=\"${dataSource}\" />",
                        "call_mapping",
                        "names 'dataSource'"),
                Planted.step(
                        "<bpmn:subProcess id=\"sub_signal\" triggeredByEvent=\"true\"><bpmn:startEvent id=\"start_condition\"><bpmn:conditionalEventDefinition id=\"c1\"><bpmn:condition>${true}</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:startEvent></bpmn:subProcess>",
                        "c1",
                        "conditionalEventDefinition"),
                Planted.step(
                        "<bpmn:task id=\"task_io\"><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\">${dataSource.connection}</camunda:inputParameter></camunda:inputOutput></bpmn:extensionElements></bpmn:task>",
                        "task_io",
                        "camunda:inputOutput"),
                Planted.step(
                        "<bpmn:task id=\"task_old\" xmlns:activiti=\"http://activiti.org/bpmn\" activiti:class=\"java.lang.Runtime\" />",
                        "task_old",
                        "activiti:class"),
                new Planted(
                        FILE,
                        "camunda:formRef=\"assess-risk\"",
                        "camunda:formHandlerClass=\"java.lang.String\" camunda:formRef=\"assess-risk\"",
                        "userTask_assessRisk",
                        "camunda:formHandlerClass"),
                new Planted(
                        FILE,
                        "camunda:formRef=\"assess-risk\"",
                        "camunda:formKey=\"embedded:app:x.html\" camunda:formRef=\"assess-risk\"",
                        "userTask_assessRisk",
                        "camunda:formKey"),
                new Planted(
                        FILE,
                        "formRef=\"assess-risk\"",
                        "formRef=\"nothing\"",
                        "userTask_assessRisk",
                        "which does not exist"),
                new Planted(
                        FILE,
                        "<bpmn:documentation>The release manager judges",
                        "<bpmn:documentation>${dataSource.connection} The release manager judges",
                        "userTask_assessRisk",
                        "names 'dataSource'"),
                new Planted(
                        FILE,
                        "xsi:type=\"bpmn:tFormalExpression\">${approvalVerdict == 'REJECTED'}",
                        "xsi:type=\"bpmn:tFormalExpression\" language=\"groovy\">System.exit(1)",
                        "userTask_approveChange",
                        "language"),
                new Planted(
                        FILE,
                        "${approvalVerdict == 'REJECTED'}",
                        "${dataSource.connection != null}",
                        "userTask_approveChange",
                        "names 'dataSource'"),
                new Planted(
                        FILE,
                        "${approvalVerdict == 'REJECTED'}",
                        "${execution.setVariable('approvalVerdict', 'APPROVED') == null}",
                        "userTask_approveChange",
                        "calls a method"),
                new Planted(
                        FILE,
                        "${approvalVerdict == 'REJECTED'}",
                        "${openChangeDelegate == null}",
                        "userTask_approveChange",
                        "names 'openChangeDelegate'"),
                new Planted(FILE, "id=\"approve-change\"", "id=\"deploy-release\"", "deploy-release", "bears the key"),
                new Planted(
                        FILE,
                        "</bpmn:process>",
                        "</bpmn:process><bpmn:process id=\"second\" isExecutable=\"true\" camunda:historyTimeToLive=\"P1D\"><bpmn:startEvent id=\"s2\" /></bpmn:process>",
                        "second",
                        "bears the key"),
                new Planted(
                        FILE,
                        "<bpmn:outgoing>flow_openChange</bpmn:outgoing>",
                        "<bpmn:outgoing>flow_openChange</bpmn:outgoing><bpmn:timerEventDefinition id=\"t1\"><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>",
                        "startEvent_approvalOpened",
                        "start the process by itself"),
                new Planted(FILE, "</bpmn:definitions>", "", "", "no BPMN 2.0 model"),
                new Planted(
                        FILE,
                        "camunda:resultVariable=\"approvalGroups\"",
                        "camunda:resultVariable=\"riskless\"",
                        "businessRuleTask_approvalRequirements",
                        "no declared variable"),
                new Planted(DMN, "<inputEntry id=", "<inputEntry expressionLanguage=\"juel\" id=", "*", "FEEL"),
                new Planted(
                        DMN,
                        "<decision id=\"approval-requirements\"",
                        "<decision id=\"release-class\"",
                        "release-class",
                        "bears the key"),
                new Planted(DMN, "</definitions>", "", "", "no DMN 1.3 decision"),
                new Planted(FORM, "\"id\": \"assess-risk\"", "\"id\": \"approve-change\"", "", "bears the key"),
                new Planted(FORM, "\"key\": \"likelihood\"", "\"key\": \"releaseClass\"", "releaseClass", "no input"),
                new Planted(FORM, "\"components\": [", "\"components\": ", "", "no form"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsNotOpenToModelsIsRefusedWithItsElement(Planted planted) throws IOException {
        String key = planted.file().substring(0, planted.file().indexOf('.'));
        String good = text(planted.file());
        String bad = good.replace(planted.text(), planted.replacement());
        assertThat(bad).as("the text to replace stands in the file").isNotEqualTo(good);
        long deployments = repository.createDeploymentQuery().count();

        refused(deployFile(key, planted.file(), bad), planted.file(), planted.element(), planted.said());

        assertThat(repository.createDeploymentQuery().count()).isEqualTo(deployments);
    }

    @Test
    void whatNobodyCallsIsRefused() throws IOException {
        String process = model(KEY).replace("id=\"approve-change\"", "id=\"mine\"");
        refused(deployFile("mine", "mine.bpmn", process), "mine.bpmn", "", "Nobody calls a process 'mine'");
        String decision = text(DMN).replace("id=\"approval-requirements\"", "id=\"mine\"");
        refused(deployFile("mine", "mine.dmn", decision), "mine.dmn", "", "Nobody calls a decision 'mine'");
        refused(deployFile("mine", "mine.form", text(FORM)), "mine.form", "", "Nobody calls a form 'mine'");
    }

    @Test
    void whatAnOwnerReasonablyAddsIsTaken() throws IOException {
        String edited = model(KEY).replace("</bpmn:process>", """
                        <bpmn:boundaryEvent id="event_late" name="Late" cancelActivity="false" attachedToRef="userTask_assessRisk"><bpmn:outgoing>flow_late</bpmn:outgoing><bpmn:timerEventDefinition id="timer_late"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                        <bpmn:endEvent id="endEvent_late" name="Late"><bpmn:extensionElements><camunda:properties><camunda:property name="owner" value="governance" /></camunda:properties></bpmn:extensionElements><bpmn:incoming>flow_late</bpmn:incoming></bpmn:endEvent>
                        <bpmn:sequenceFlow id="flow_late" sourceRef="event_late" targetRef="endEvent_late" />
                        <bpmn:textAnnotation id="annotation_why"><bpmn:text>Why it is so.</bpmn:text></bpmn:textAnnotation>
                        </bpmn:process>""");
        HttpResponse<String> answer = deploy(KEY, edited);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        decide("peter", version(answer), false);
    }

    private void refused(HttpResponse<String> answer, String file, String element, String said) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonNode refusal = callers.read(answer);
        assertThat(refusal.path("type").asText()).isEqualTo("ParseException");
        List<String> faults = new ArrayList<>();
        for (JsonNode error : refusal.path("details").path(file).path("errors")) {
            String at = error.path("mainElementId").asText("");
            if (element.equals("*") || element.isEmpty() || at.equals(element)) {
                faults.add(error.path("message").asText());
            }
        }
        assertThat(faults).as(answer.body()).anySatisfy(fault -> assertThat(fault)
                .contains(said));
    }

    private HttpResponse<String> deployFile(String name, String file, String content) {
        return callers.program("pia").deployFromModeler(callers.rest("/deployment/create"), name, file, content);
    }

    private String text(String file) throws IOException {
        String folder = file.endsWith(".form") ? "/forms/governance/" : "/bpmn/governance/";
        try (InputStream in = getClass().getResourceAsStream(folder + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
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
