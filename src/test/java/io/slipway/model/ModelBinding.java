package io.slipway.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnector;

/** Holds models and code against each other, as data; every fault is said with the line that would mend it. */
final class ModelBinding {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("(?<![.'\\w])([a-z][A-Za-z0-9]*)(?=\\.|\\s|$|\\))");
    private static final Pattern ADDRESS = Pattern.compile("https?://|\\b\\d{1,3}(\\.\\d{1,3}){3}\\b");
    private static final Pattern SECRET = Pattern.compile("(?i)(password|passwd|secret|token|api[-_]?key)\\s*[=:'\"]");
    private static final Set<String> WORDS =
            Set.of("execution", "task", "true", "false", "null", "empty", "and", "or", "not", "eq", "ne");

    private final CodeSide code;
    private final Map<String, Path> forms;
    private final Set<String> decisions;

    ModelBinding(CodeSide code) {
        this.code = code;
        this.forms = files(Path.of("forms"), ".form");
        this.decisions = files(Path.of("bpmn"), ".dmn").keySet();
    }

    /** Every model of the project by key. */
    static Map<String, Path> models() {
        return files(Path.of("bpmn"), ".bpmn");
    }

    /** Faults of the model in this file with this content. */
    List<String> faults(Path file, String xml) {
        List<String> faults = new ArrayList<>();
        BpmnModelInstance model =
                Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        Process process = model.getModelElementsByType(Process.class).iterator().next();
        String key = process.getId();
        if (!(key + ".bpmn").equals(String.valueOf(file.getFileName()))) {
            faults.add(key + ": the file must be called " + key + ".bpmn");
        }
        if (process.getAttributeValueNs(CAMUNDA, "historyTimeToLive") == null) {
            faults.add(key
                    + ": history time to live is missing; add camunda:historyTimeToLive=\"P400D\" to <bpmn:process>");
        }
        constants(key, model, faults);
        shapes(key, model, faults);
        String module = String.valueOf(file.getName(file.getNameCount() - 2));
        for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
            service(module, task, faults);
        }
        for (BusinessRuleTask task : model.getModelElementsByType(BusinessRuleTask.class)) {
            if (!decisions.contains(String.valueOf(task.getCamundaDecisionRef()))) {
                faults.add(task.getId() + ": the decision does not resolve; add bpmn/" + module + "/"
                        + task.getCamundaDecisionRef() + ".dmn");
            }
        }
        for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
            if (!models().containsKey(call.getCalledElement())) {
                faults.add(call.getId() + ": the called process does not resolve; add " + call.getCalledElement()
                        + ".bpmn");
            }
        }
        for (UserTask task : model.getModelElementsByType(UserTask.class)) {
            user(key, task, faults);
        }
        for (Message message : model.getModelElementsByType(Message.class)) {
            if (code.process(key)
                    .filter(known -> known.texts().contains(message.getName()))
                    .isEmpty()) {
                faults.add(message.getId() + ": the message does not resolve; add static final String … = \""
                        + message.getName() + "\"");
            }
        }
        for (CamundaConnector connector : model.getModelElementsByType(CamundaConnector.class)) {
            faults.add(key + ": a connector stands outside an element template: "
                    + connector.getCamundaConnectorId().getTextContent());
        }
        expressions(key, xml, faults);
        return faults;
    }

    private void constants(String key, BpmnModelInstance model, List<String> faults) {
        Set<String> drawn = model.getModelElementsByType(FlowNode.class).stream()
                .map(FlowNode::getId)
                .collect(Collectors.toSet());
        if (code.process(key).isEmpty()) {
            faults.add(key + ": no class of constants; add one with static final String KEY = \"" + key + "\"");
            return;
        }
        Set<String> known = code.process(key).get().elements();
        for (String id : drawn) {
            if (!known.contains(id)) {
                faults.add(key + ": " + id + " has no constant; add " + constant(id) + "(\"" + id + "\")");
            }
        }
        for (String id : known) {
            if (!drawn.contains(id)) {
                faults.add(key + ": " + id + " is a constant without an element; remove " + constant(id) + "(\"" + id
                        + "\")");
            }
        }
    }

    private static void shapes(String key, BpmnModelInstance model, List<String> faults) {
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            if (node.getDiagramElement() == null) {
                faults.add(key + ": " + node.getId() + " has no shape in the diagram");
            }
        }
        for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
            if (flow.getDiagramElement() == null) {
                faults.add(key + ": " + flow.getId() + " has no edge in the diagram");
            }
        }
    }

    private void service(String module, ServiceTask task, List<String> faults) {
        if ("external".equals(task.getCamundaType())) {
            if (!code.worksOn(String.valueOf(task.getCamundaTopic()))) {
                faults.add(task.getId() + ": nobody works on the topic; add an ExternalWork with topic \""
                        + task.getCamundaTopic() + "\"");
            }
            return;
        }
        if (!task.isCamundaAsyncBefore()) {
            faults.add(task.getId() + ": is not asynchronous before; add camunda:asyncBefore=\"true\"");
        }
        String bean = String.valueOf(task.getCamundaDelegateExpression()).replaceAll("[${}\\s]", "");
        if (!code.hasDelegate(bean)) {
            faults.add(task.getId() + ": the delegate does not resolve; add class "
                    + bean.substring(0, 1).toUpperCase(Locale.ROOT) + bean.substring(1) + " implements JavaDelegate");
        } else if (!code.moduleOf(bean).equals(module) && !code.offered(bean)) {
            faults.add(task.getId() + ": a model in bpmn/" + module + " names " + bean + " of module "
                    + code.moduleOf(bean) + ", whose package is no named interface");
        }
    }

    private void user(String key, UserTask task, List<String> faults) {
        String form = task.getAttributeValueNs(CAMUNDA, "formRef");
        if (form == null) {
            faults.add(task.getId() + ": has no form; add camunda:formRef");
        } else if (!forms.containsKey(form)) {
            faults.add(task.getId() + ": the form does not resolve; add forms/…/" + form + ".form");
        }
        if (task.getCamundaCandidateGroupsList().isEmpty()) {
            faults.add(task.getId() + ": has no group; add camunda:candidateGroups");
        }
        if (task.getCamundaDueDate() == null) {
            faults.add(task.getId() + ": has no due date; add camunda:dueDate=\"${deadlines.of('" + form
                    + "', execution)}\"");
        }
        if (task.getDocumentations().isEmpty()) {
            faults.add(task.getId() + ": has no documentation; add <bpmn:documentation>");
        }
        for (String group : task.getCamundaCandidateGroupsList()) {
            if (!group.contains("{") && Role.ofGroup(group).isEmpty()) {
                faults.add(task.getId() + ": the group does not resolve: " + group + "; known are "
                        + Arrays.stream(Role.values()).map(Role::group).collect(Collectors.joining(", ")));
            }
        }
        code.handler(key, task.getId())
                .ifPresentOrElse(
                        handler -> fields(task, form, handler, faults),
                        () -> faults.add(task.getId() + ": has no code behind it; add a UserTaskHandler for " + key));
    }

    private void fields(UserTask task, String form, UserTaskHandler handler, List<String> faults) {
        if (form == null || !forms.containsKey(form)) {
            return;
        }
        Set<String> drawn = new HashSet<>();
        Set<String> ticked = new HashSet<>();
        keys(json(forms.get(form)).path("components"), drawn, ticked);
        for (String field : drawn) {
            if (!handler.inputs().contains(field)) {
                faults.add(task.getId() + ": the form field " + field + " is no declared input; add \"" + field
                        + "\" to " + handler.getClass().getSimpleName() + ".inputs()");
            }
        }
        if (!ticked.equals(handler.lists())) {
            faults.add(task.getId() + ": the checklists of " + form + ".form are " + new TreeSet<>(ticked)
                    + "; name them in " + handler.getClass().getSimpleName() + ".lists(), or they cannot be ticked");
        }
        for (String input : handler.inputs()) {
            if (!drawn.contains(input)) {
                faults.add(task.getId() + ": the input " + input + " has no field in " + form + ".form");
            }
        }
    }

    private static void keys(JsonNode components, Set<String> keys, Set<String> ticked) {
        for (JsonNode component : components) {
            String type = component.path("type").asText();
            if (component.has("key") && !type.equals("group")) {
                keys.add(component.get("key").asText());
                if (type.equals("checklist") || type.equals("taglist")) {
                    ticked.add(component.get("key").asText());
                }
            }
            keys(component.path("components"), keys, ticked);
        }
    }

    private void expressions(String key, String xml, List<String> faults) {
        Set<String> variables = code.process(key).map(CodeSide.Known::variables).orElse(Set.of());
        Matcher expressions = EXPRESSION.matcher(xml.replace("&#39;", "'")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&"));
        while (expressions.find()) {
            String expression = expressions.group(1);
            if (ADDRESS.matcher(expression).find() || SECRET.matcher(expression).find()) {
                faults.add(key + ": an expression holds a literal address or secret: ${" + expression + "}");
            }
            Matcher names = NAME.matcher(expression.replaceAll("'[^']*'", "''"));
            while (names.find()) {
                String name = names.group(1);
                if (!WORDS.contains(name) && !variables.contains(name) && !code.hasBean(name)) {
                    faults.add(key + ": '" + name + "' in ${" + expression
                            + "} is no declared variable; add ProcessVariable.of(\"" + name + "\", …)");
                }
            }
        }
        String text = EXPRESSION.matcher(xml).replaceAll("");
        for (Matcher address = Pattern.compile("camunda:[a-zA-Z]+=\"([^\"]*)\"").matcher(text); address.find(); ) {
            if (ADDRESS.matcher(address.group(1)).find()
                    || SECRET.matcher(address.group(1)).find()) {
                faults.add(key + ": an attribute holds a literal address or secret: " + address.group(1));
            }
        }
    }

    /** Forms that no user task names. */
    List<String> unusedForms() {
        Set<String> used = models().values().stream()
                .flatMap(file -> {
                    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());
                    return model.getModelElementsByType(UserTask.class).stream()
                            .map(task -> task.getAttributeValueNs(CAMUNDA, "formRef"));
                })
                .collect(Collectors.toSet());
        return forms.keySet().stream().filter(form -> !used.contains(form)).toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Path> files(Path root, String suffix) {
        try (Stream<Path> files = Files.walk(root)) {
            Map<String, Path> found = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.toString().contains("node_modules")
                            && !file.toString().contains("lint"))
                    .forEach(file -> {
                        String name = String.valueOf(file.getFileName());
                        found.put(name.substring(0, name.length() - suffix.length()), file);
                    });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String constant(String id) {
        return id.substring(id.indexOf('_') + 1)
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }
}
