package io.slipway.platform.process;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What models are drawn with: the types of elements and, for each, the attributes that are open. Everything else is refused, whatever
 * the engine would make of it.
 */
final class OpenElements {

    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";
    static final String CAMUNDA_DMN = "http://camunda.org/schema/1.0/dmn";
    private static final String MODELER = "http://camunda.org/schema/modeler/1.0";
    private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String DMN_DIAGRAM = "http://bpmn.io/schema/dmn/biodi/2.0";

    /** How things are drawn; the engine reads positions out of it and nothing else. */
    private static final Set<String> DRAWINGS = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI",
            "https://www.omg.org/spec/DMN/20191111/DMNDI/",
            DMN_DIAGRAM);

    private static final Map<String, String> PREFIXES =
            Map.of("camunda", CAMUNDA, "dmn", CAMUNDA_DMN, "modeler", MODELER, "xsi", SCHEMA, "biodi", DMN_DIAGRAM);

    private static final String STEP = "id name default camunda:asyncBefore camunda:asyncAfter";
    private static final String EVENT = "id name camunda:asyncBefore camunda:asyncAfter";
    private static final String EXPRESSION = "id xsi:type";

    private static final OpenElements PROCESSES = new OpenElements(BPMN)
            .open(
                    "definitions",
                    "id name targetNamespace exporter exporterVersion xsi:schemaLocation modeler:executionPlatform"
                            + " modeler:executionPlatformVersion camunda:diagramRelationId")
            .open(
                    "process",
                    "id name isExecutable camunda:historyTimeToLive camunda:isStartableInTasklist camunda:versionTag")
            .open("documentation", "id textFormat")
            .open("extensionElements", "")
            .open("incoming outgoing flowNodeRef", "")
            .open("collaboration participant laneSet lane category", "id name processRef")
            .open("categoryValue", "id value")
            .open("textAnnotation", "id textFormat")
            .open("text", "")
            .open("group", "id categoryValueRef")
            .open("association", "id sourceRef targetRef associationDirection")
            .open("startEvent", EVENT + " isInterrupting")
            .open("endEvent intermediateCatchEvent intermediateThrowEvent", EVENT)
            .open("boundaryEvent", EVENT + " attachedToRef cancelActivity")
            .open("exclusiveGateway inclusiveGateway parallelGateway eventBasedGateway", STEP + " gatewayDirection")
            .open("sequenceFlow", "id name sourceRef targetRef")
            .open("conditionExpression completionCondition loopCardinality", EXPRESSION)
            .open("task manualTask", STEP)
            .open(
                    "serviceTask",
                    STEP + " camunda:delegateExpression camunda:type camunda:topic camunda:modelerTemplate"
                            + " camunda:modelerTemplateVersion")
            .open(
                    "businessRuleTask",
                    STEP + " camunda:resultVariable camunda:decisionRef camunda:decisionRefBinding"
                            + " camunda:decisionRefVersion camunda:mapDecisionResult")
            .open(
                    "userTask",
                    STEP + " camunda:formRef camunda:formRefBinding camunda:formRefVersion camunda:candidateGroups"
                            + " camunda:dueDate camunda:followUpDate camunda:priority")
            .open("callActivity", STEP + " calledElement camunda:calledElementBinding camunda:calledElementVersion")
            .open("subProcess", STEP + " triggeredByEvent")
            .open(
                    "multiInstanceLoopCharacteristics",
                    "id isSequential camunda:collection camunda:elementVariable camunda:asyncBefore camunda:asyncAfter")
            .open("timerEventDefinition", "id")
            .open("timeDate timeDuration timeCycle", EXPRESSION)
            .open("messageEventDefinition", "id messageRef")
            .open("errorEventDefinition", "id errorRef")
            .open("message", "id name")
            .open("error", "id name errorCode")
            .open("escalationEventDefinition", "id escalationRef")
            .open("escalation", "id name escalationCode")
            .open("terminateEventDefinition", "id")
            .open("camunda:properties", "")
            .open("camunda:property", "id name value")
            .open("camunda:in", "businessKey source target")
            .open("camunda:out", "source target");

    private static final OpenElements DECISIONS = new OpenElements(DMN)
            .open(
                    "definitions",
                    "id name namespace exporter exporterVersion xsi:schemaLocation modeler:executionPlatform"
                            + " modeler:executionPlatformVersion")
            .open("decision", "id name label dmn:historyTimeToLive dmn:versionTag")
            .open("description question allowedAnswers text", "")
            .open("extensionElements", "")
            .open("informationRequirement authorityRequirement knowledgeSource", "id name")
            .open("requiredInput requiredAuthority", "href")
            .open("inputData textAnnotation", "id name label")
            .open("variable", "id name typeRef")
            .open("decisionTable", "id hitPolicy aggregation outputLabel preferredOrientation biodi:annotationsWidth")
            .open("input", "id label biodi:width dmn:inputVariable")
            .open("inputExpression", "id typeRef expressionLanguage")
            .open("inputValues outputValues", "id expressionLanguage")
            .open("output", "id label name typeRef biodi:width")
            .open("rule", "id")
            .open("inputEntry outputEntry", "id expressionLanguage biodi:width")
            .open("association", "id associationDirection")
            .open("sourceRef targetRef", "href");

    private final String namespace;
    private final Map<String, Set<String>> attributes = new HashMap<>();

    private OpenElements(String namespace) {
        this.namespace = namespace;
    }

    /** What a process is drawn with. */
    static OpenElements ofProcesses() {
        return PROCESSES;
    }

    /** What a decision is written with. */
    static OpenElements ofDecisions() {
        return DECISIONS;
    }

    private OpenElements open(String types, String open) {
        Set<String> names = words(open).map(name -> qualified(name, "")).collect(Collectors.toUnmodifiableSet());
        words(types).forEach(type -> attributes.put(qualified(type, namespace), names));
        return this;
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
    }

    private static String qualified(String name, String usual) {
        int colon = name.indexOf(':');
        return colon < 0
                ? named(usual, name)
                : named(PREFIXES.getOrDefault(name.substring(0, colon), ""), name.substring(colon + 1));
    }

    private static String named(String space, String name) {
        return "{" + space + "}" + name;
    }

    /** Whether an element belongs to the picture alone. */
    static boolean drawn(String space) {
        return DRAWINGS.contains(space);
    }

    /** The attributes that are open on a type; empty when the type is not open. */
    Optional<Set<String>> attributes(String space, String type) {
        return Optional.ofNullable(attributes.get(named(space, type)));
    }

    /** How an attribute is called in the sets. */
    static String attribute(String space, String name) {
        return named(space, name);
    }
}
