package io.slipway.platform.process;

import static io.slipway.platform.process.OpenElements.BPMN;
import static io.slipway.platform.process.OpenElements.CAMUNDA;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.xml.ModelParseException;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Reads a process before the engine takes it. */
@Component
class ProcessCheck {

    private static final Pattern BEAN = Pattern.compile("\\$\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}");
    private static final String BUSINESS_KEY = "#{execution.processBusinessKey}";
    private static final Pattern ADDRESS = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);
    private static final Set<String> CONDITIONS = Set.of("conditionExpression", "completionCondition");
    private static final Set<String> SENDERS = Set.of("endEvent", "intermediateThrowEvent");

    private final ApplicationContext context;
    private final UserTasks tasks;
    private final RoleCatalog roles;
    private final List<ExternalWork> works;
    private final ProcessCode code;

    ProcessCheck(
            ApplicationContext context,
            UserTasks tasks,
            RoleCatalog roles,
            List<ExternalWork> works,
            ProcessCode code) {
        this.context = context;
        this.tasks = tasks;
        this.roles = roles;
        this.works = List.copyOf(works);
        this.code = code;
    }

    /**
     * All faults of the process that should have this key.
     *
     * @param exists whether there is something of a kind with a key
     */
    List<ModelFault> faults(String key, byte[] content, BiPredicate<ModelKind, String> exists) {
        List<ModelFault> faults = new ArrayList<>();
        Element root;
        try {
            root = XmlFile.read(content);
            WhatIsOpen.faults(root, OpenElements.ofProcesses(), faults);
            Bpmn.readModelFromStream(new ByteArrayInputStream(content));
        } catch (SAXException | ModelParseException e) {
            faults.add(new ModelFault(
                    null,
                    "The file is no BPMN 2.0 model: "
                            + NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
            return faults;
        }
        ProcessCode.Known known = code.of(key).orElse(new ProcessCode.Known(Set.of(), Set.of()));
        processes(key, root, faults);
        expressions(root, known, faults);
        XmlFile.all(root)
                .filter(element -> BPMN.equals(element.getNamespaceURI()))
                .forEach(element -> {
                    switch (element.getLocalName()) {
                        case "serviceTask" -> service(element, faults);
                        case "businessRuleTask" -> decision(element, known, exists, faults);
                        case "callActivity" -> call(element, known, exists, faults);
                        case "userTask" -> user(key, element, exists, faults);
                        case "startEvent" -> start(element, faults);
                        case "multiInstanceLoopCharacteristics" -> {
                            declared(element, "collection", known, faults);
                            declared(element, "elementVariable", known, faults);
                        }
                        case "messageEventDefinition" -> catches(element, faults);
                        case "message" -> {
                            if (!known.texts().contains(element.getAttribute("name"))) {
                                faults.add(ModelFault.of(
                                        element,
                                        "is called '" + element.getAttribute("name") + "', which nobody sends"));
                            }
                        }
                        default -> {
                            // What is open of the other types says nothing that could be wrong.
                        }
                    }
                });
        return faults;
    }

    private static void processes(String key, Element root, List<ModelFault> faults) {
        List<Element> processes = XmlFile.children(root).stream()
                .filter(element -> "process".equals(element.getLocalName()))
                .toList();
        if (processes.size() != 1) {
            faults.add(new ModelFault(
                    null, "The file holds " + processes.size() + " processes; a file holds one, under its own key."));
        }
        for (Element process : processes) {
            if (!process.getAttribute("id").equals(key)) {
                faults.add(ModelFault.of(
                        process, "stands in the file " + key + ".bpmn; a file bears the key of its process"));
            }
            if (!"true".equals(process.getAttribute("isExecutable"))) {
                faults.add(ModelFault.of(process, "is not marked as executable"));
            }
        }
    }

    private void expressions(Element root, ProcessCode.Known known, List<ModelFault> faults) {
        OpenExpressions open = new OpenExpressions(
                known.variables(), name -> context.containsBean(name) && context.isTypeMatch(name, ModelFacade.class));
        XmlFile.all(root)
                .filter(element -> !OpenElements.drawn(XmlFile.space(element)))
                .forEach(element -> {
                    List<String> texts = new ArrayList<>(XmlFile.attributes(element).stream()
                            .filter(attribute -> !isCode(attribute))
                            .map(Attr::getValue)
                            .toList());
                    texts.add(XmlFile.text(element));
                    texts.stream()
                            .map(open::fault)
                            .flatMap(Optional::stream)
                            .forEach(fault -> faults.add(ModelFault.of(element, fault)));
                    if (CONDITIONS.contains(element.getLocalName())) {
                        condition(element, faults);
                    }
                });
    }

    /** What names a delegate is looked at with its service task. */
    private static boolean isCode(Attr attribute) {
        return "delegateExpression".equals(attribute.getLocalName());
    }

    private static void condition(Element element, List<ModelFault> faults) {
        if (!XmlFile.text(element).strip().startsWith("${")) {
            faults.add(ModelFault.of(element, "has a condition that is no expression such as ${goDecision == 'GO'}"));
        }
    }

    private void service(Element task, List<ModelFault> faults) {
        if ("external".equals(camunda(task, "type"))) {
            if (works.stream().noneMatch(work -> work.topic().equals(camunda(task, "topic")))) {
                faults.add(
                        ModelFault.of(task, "names the topic '" + camunda(task, "topic") + "', on which nobody works"));
            }
            if (task.hasAttributeNS(CAMUNDA, "delegateExpression")) {
                faults.add(ModelFault.of(task, "names a topic and a delegate; please decide for one"));
            }
            return;
        }
        if (task.hasAttributeNS(CAMUNDA, "type")) {
            faults.add(ModelFault.of(
                    task, "has camunda:type=\"" + camunda(task, "type") + "\"; only \"external\" is open"));
        }
        Optional<String> bean = bean(camunda(task, "delegateExpression"));
        if (bean.isEmpty()) {
            faults.add(ModelFault.of(task, "needs a delegate such as ${freezeScopeDelegate}"));
        } else if (!context.containsBean(bean.get()) || !context.isTypeMatch(bean.get(), JavaDelegate.class)) {
            faults.add(ModelFault.of(task, "names the delegate '" + bean.get() + "', which does not exist"));
        }
        if (!"true".equals(camunda(task, "asyncBefore"))) {
            faults.add(ModelFault.of(task, "must be 'asynchronous before', so that it starts from a saved point"));
        }
    }

    private static void decision(
            Element task, ProcessCode.Known known, BiPredicate<ModelKind, String> exists, List<ModelFault> faults) {
        pinned(task, ModelKind.DECISION, camunda(task, "decisionRef"), "decisionRef", exists, faults);
        if (camunda(task, "resultVariable").isEmpty()) {
            faults.add(ModelFault.of(task, "keeps its result in no variable; please add camunda:resultVariable"));
        }
        declared(task, "resultVariable", known, faults);
    }

    private void call(
            Element task, ProcessCode.Known known, BiPredicate<ModelKind, String> exists, List<ModelFault> faults) {
        String called = task.getAttribute("calledElement");
        pinned(task, ModelKind.PROCESS, called, "calledElement", exists, faults);
        if (XmlFile.all(task).noneMatch(part -> BUSINESS_KEY.equals(part.getAttribute("businessKey")))) {
            faults.add(
                    ModelFault.of(task, "must hand over the key of the release: businessKey=\"" + BUSINESS_KEY + "\""));
        }
        Optional<Set<String>> there = code.of(called).map(ProcessCode.Known::variables);
        XmlFile.all(task)
                .filter(element -> CAMUNDA.equals(element.getNamespaceURI()))
                .forEach(mapping -> {
                    boolean in = "in".equals(mapping.getLocalName());
                    if (in || "out".equals(mapping.getLocalName())) {
                        if (mapping.hasAttribute("businessKey")
                                && !BUSINESS_KEY.equals(mapping.getAttribute("businessKey"))) {
                            faults.add(ModelFault.of(mapping, "hands over the key of another release"));
                        }
                        mapped(mapping, "source", in ? Optional.of(known.variables()) : there, faults);
                        mapped(mapping, "target", in ? there : Optional.of(known.variables()), faults);
                    }
                });
    }

    private static void mapped(Element mapping, String end, Optional<Set<String>> declared, List<ModelFault> faults) {
        String name = mapping.getAttribute(end);
        if (mapping.hasAttribute(end)
                && declared.filter(names -> !names.contains(name)).isPresent()) {
            faults.add(ModelFault.of(
                    mapping, "hands over '" + name + "' as " + end + ", which is no declared variable there"));
        }
    }

    /** What a step calls must be known, and called in the version that the release recorded at its start. */
    private static void pinned(
            Element step,
            ModelKind kind,
            String key,
            String attribute,
            BiPredicate<ModelKind, String> exists,
            List<ModelFault> faults) {
        String word = kind.name().toLowerCase(Locale.ROOT);
        if (!exists.test(kind, key)) {
            faults.add(ModelFault.of(step, "names the " + word + " '" + key + "', which does not exist"));
        }
        String version = "${models." + word + "('" + key + "', execution)}";
        boolean bound = "version".equals(camunda(step, attribute + "Binding"))
                && version.replace(" ", "")
                        .equals(camunda(step, attribute + "Version").replace(" ", ""));
        if (!bound) {
            faults.add(ModelFault.of(
                    step, "must use the version that the release recorded: binding 'version' with " + version));
        }
    }

    private void user(String process, Element task, BiPredicate<ModelKind, String> exists, List<ModelFault> faults) {
        String id = task.getAttribute("id");
        if (tasks.handler(process, id).isEmpty()) {
            faults.add(ModelFault.of(task, "has no code behind it, so that nobody could complete it"));
        }
        String groups = camunda(task, "candidateGroups");
        if (groups.isBlank()) {
            faults.add(ModelFault.of(task, "names no candidate group"));
        }
        Set<String> known = roles.roles();
        Arrays.stream(groups.split(","))
                .map(String::strip)
                .filter(group -> !group.isEmpty() && !group.contains("${") && !known.contains(group))
                .forEach(group ->
                        faults.add(ModelFault.of(task, "names the group '" + group + "', which does not exist")));
        if (task.hasAttributeNS(CAMUNDA, "formRef")) {
            pinned(task, ModelKind.FORM, camunda(task, "formRef"), "formRef", exists, faults);
        } else {
            faults.add(ModelFault.of(task, "has no form"));
        }
        if (camunda(task, "dueDate").isEmpty()) {
            faults.add(ModelFault.of(task, "has no due date"));
        } else if (ADDRESS.matcher(camunda(task, "dueDate")).find()) {
            faults.add(ModelFault.of(task, "holds a literal address"));
        }
        if (XmlFile.children(task).stream().noneMatch(part -> "documentation".equals(part.getLocalName()))) {
            faults.add(ModelFault.of(task, "has no documentation, which is what the person reads"));
        }
    }

    /** A process is called by another one; a timer or a message would start it by itself, before anybody accepted it. */
    private static void start(Element event, List<ModelFault> faults) {
        Element parent = XmlFile.parent(event);
        boolean ofTheProcess = parent != null && "process".equals(parent.getLocalName());
        if (ofTheProcess
                && XmlFile.children(event).stream()
                        .anyMatch(part -> part.getLocalName().endsWith("EventDefinition"))) {
            faults.add(ModelFault.of(event, "would start the process by itself; processes are called here"));
        }
    }

    private static void catches(Element message, List<ModelFault> faults) {
        Element event = XmlFile.parent(message);
        if (event != null && SENDERS.contains(event.getLocalName())) {
            faults.add(ModelFault.of(event, "sends a message; messages are sent by Slipway alone"));
        }
    }

    private static void declared(Element element, String attribute, ProcessCode.Known known, List<ModelFault> faults) {
        String name = camunda(element, attribute);
        if (!name.isEmpty() && !name.contains("{") && !known.variables().contains(name)) {
            faults.add(ModelFault.of(
                    element,
                    "names '" + name + "' as " + attribute + ", which is no declared variable of the process"));
        }
    }

    private static Optional<String> bean(String expression) {
        Matcher matcher = BEAN.matcher(expression);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String camunda(Element element, String attribute) {
        return element.getAttributeNS(CAMUNDA, attribute);
    }
}
