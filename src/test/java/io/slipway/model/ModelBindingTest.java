package io.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Models and code agree; and each kind of disagreement, planted once, is found. */
class ModelBindingTest {

    private static final ModelBinding BINDING = new ModelBinding(CodeSide.read());

    @TestFactory
    Stream<DynamicTest> everyModelAgreesWithTheCode() {
        Map<String, Path> models = ModelBinding.models();
        assertThat(models).hasSizeGreaterThanOrEqualTo(13);
        return models.entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(model.getKey(), () -> assertThat(
                                BINDING.faults(model.getValue(), ModelBinding.read(model.getValue())))
                        .isEmpty()));
    }

    @Test
    void everyFormBelongsToAUserTask() {
        assertThat(BINDING.unusedForms()).isEmpty();
    }

    /** A fault to plant: in which model, which text is replaced by which, and what must be said of it. */
    private record Planted(String name, String model, String text, String replacement, String expected) {}

    @TestFactory
    Stream<DynamicTest> everyPlantedFaultIsFound() {
        return Stream.of(
                        new Planted(
                                "an id without constant",
                                "scope-release",
                                "userTask_confirmScope",
                                "userTask_agreeScope",
                                "userTask_agreeScope has no constant; add AGREE_SCOPE(\"userTask_agreeScope\")"),
                        new Planted(
                                "a constant without element",
                                "scope-release",
                                "userTask_confirmScope",
                                "userTask_agreeScope",
                                "userTask_confirmScope is a constant without an element"),
                        new Planted(
                                "an unknown delegate",
                                "scope-release",
                                "${freezeScopeDelegate}",
                                "${freezeDelegate}",
                                "the delegate does not resolve; add class FreezeDelegate implements JavaDelegate"),
                        new Planted(
                                "an unknown decision",
                                "scope-release",
                                "decisionRef=\"release-class\"",
                                "decisionRef=\"release-rank\"",
                                "the decision does not resolve"),
                        new Planted(
                                "an unknown form",
                                "scope-release",
                                "formRef=\"confirm-scope\"",
                                "formRef=\"agree-scope\"",
                                "the form does not resolve"),
                        new Planted(
                                "an unknown called process",
                                "run-release",
                                "calledElement=\"scope-release\"",
                                "calledElement=\"rescope-release\"",
                                "the called process does not resolve"),
                        new Planted(
                                "an unknown message",
                                "run-release",
                                "scope.contentChanged",
                                "scope.contentTouched",
                                "the message does not resolve"),
                        new Planted(
                                "an unknown group",
                                "schedule-release",
                                "candidateGroups=\"release-manager\"",
                                "candidateGroups=\"release-boss\"",
                                "the group does not resolve: release-boss"),
                        new Planted(
                                "a task without form",
                                "schedule-release",
                                "camunda:formRef=\"propose-window\"",
                                "",
                                "has no form"),
                        new Planted(
                                "a task without group",
                                "schedule-release",
                                "camunda:candidateGroups=\"release-manager\"",
                                "",
                                "has no group"),
                        new Planted(
                                "a task without due date",
                                "schedule-release",
                                "camunda:dueDate=\"${deadlines.of(&#39;propose-window&#39;, execution)}\"",
                                "",
                                "has no due date"),
                        new Planted(
                                "a task without documentation",
                                "schedule-release",
                                "userTask-documentation",
                                "",
                                "has no documentation"),
                        new Planted(
                                "a field that nobody reads",
                                "scope-release",
                                "formRef=\"confirm-scope\"",
                                "formRef=\"propose-window\"",
                                "is no declared input"),
                        new Planted(
                                "a checklist that starts without a list",
                                "scope-release",
                                "formRef=\"confirm-scope\"",
                                "formRef=\"attest-exit-criteria\"",
                                "cannot be ticked"),
                        new Planted(
                                "a step that is not asynchronous",
                                "schedule-release",
                                "camunda:asyncBefore=\"true\" camunda:delegateExpression=\"${planWindowDelegate}\"",
                                "camunda:delegateExpression=\"${planWindowDelegate}\"",
                                "is not asynchronous before"),
                        new Planted(
                                "no history time to live",
                                "schedule-release",
                                "camunda:historyTimeToLive=\"P400D\"",
                                "",
                                "history time to live is missing"),
                        new Planted(
                                "an element without shape",
                                "schedule-release",
                                "bpmnElement=\"serviceTask_planWindow\"",
                                "bpmnElement=\"flow_nowhere\"",
                                "serviceTask_planWindow has no shape"),
                        new Planted(
                                "a literal address",
                                "schedule-release",
                                "${windowVerdict == 'FREE'}",
                                "${windowVerdict == 'http://10.0.0.7/free'}",
                                "a literal address or secret"),
                        new Planted(
                                "a literal secret",
                                "schedule-release",
                                "${windowVerdict == 'FREE'}",
                                "${windowVerdict == 'password=hunter2'}",
                                "a literal address or secret"),
                        new Planted(
                                "a variable that nobody declared",
                                "schedule-release",
                                "${windowVerdict == 'FREE'}",
                                "${windowOpinion == 'FREE'}",
                                "'windowOpinion' in ${windowOpinion == 'FREE'} is no declared variable"),
                        new Planted(
                                "a connector outside an element template",
                                "schedule-release",
                                "<bpmn:endEvent id=\"endEvent_windowPlanned\" name=\"Window planned\">",
                                "<bpmn:endEvent id=\"endEvent_windowPlanned\" name=\"Window planned\"><bpmn:extensionElements><camunda:connector>"
                                        + "<camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></bpmn:extensionElements>",
                                "a connector stands outside an element template"),
                        new Planted(
                                "a bean of another module",
                                "schedule-release",
                                "${planWindowDelegate}",
                                "${freezeScopeDelegate}",
                                "names freezeScopeDelegate of module scope"))
                .map(planted -> DynamicTest.dynamicTest(planted.name(), () -> find(planted)));
    }

    private static void find(Planted planted) {
        Path file = Objects.requireNonNull(ModelBinding.models().get(planted.model()));
        String xml = ModelBinding.read(file);
        String damaged = planted.text().equals("userTask-documentation")
                ? xml.replaceAll("(<bpmn:userTask[^>]*>\\s*)<bpmn:documentation>[^<]*</bpmn:documentation>", "$1")
                : xml.replace(planted.text(), planted.replacement());
        assertThat(damaged).as("the text to replace stands in the model").isNotEqualTo(xml);
        List<String> faults = BINDING.faults(file, damaged);
        assertThat(faults).anySatisfy(fault -> assertThat(fault).contains(planted.expected()));
    }
}
