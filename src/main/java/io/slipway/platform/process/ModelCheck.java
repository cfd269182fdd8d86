package io.slipway.platform.process;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnector;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaField;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaScript;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.xml.ModelParseException;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Reads every model before the engine takes it, and refuses it with all its faults at once, each with the id of its element: code in
 * a drawing, a step that nothing stands behind, a task that people could not decide.
 *
 * <p>The refusal has the shape that Modeler shows to the person who deploys.
 */
@Component
public class ModelCheck {

    private static final Pattern BEAN = Pattern.compile("\\$\\{\\s*([A-Za-z][A-Za-z0-9]*)\\s*}");
    private static final Pattern LITERAL_ADDRESS = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

    private final ApplicationContext context;
    private final UserTasks tasks;
    private final RoleCatalog roles;
    private final List<ExternalWork> works;

    ModelCheck(ApplicationContext context, UserTasks tasks, RoleCatalog roles, List<ExternalWork> works) {
        this.context = context;
        this.tasks = tasks;
        this.roles = roles;
        this.works = List.copyOf(works);
    }

    /**
     * A fault of a model.
     *
     * @param element id of the element at fault; null when it has none
     */
    public record Fault(@Nullable String element, String message) implements Problem {

        @Override
        public String getMessage() {
            return message;
        }

        @Override
        public int getLine() {
            return 0;
        }

        @Override
        public int getColumn() {
            return 0;
        }

        @Override
        public @Nullable String getMainElementId() {
            return element;
        }

        @Override
        public List<String> getElementIds() {
            return element == null ? List.of() : List.of(element);
        }
    }

    void check(DeploymentEntity deployment) {
        if (!deployment.isNew()) {
            return;
        }
        for (Map.Entry<String, ResourceEntity> resource :
                deployment.getResources().entrySet()) {
            if (resource.getKey().endsWith(".bpmn") || resource.getKey().endsWith(".bpmn20.xml")) {
                List<Fault> faults = faults(resource.getValue().getBytes());
                if (!faults.isEmpty()) {
                    String all =
                            faults.stream().map(fault -> "* " + fault.message()).collect(Collectors.joining("\n"));
                    throw new ParseException(
                            "The model " + resource.getKey() + " is refused:\n" + all,
                            resource.getKey(),
                            List.copyOf(faults),
                            List.of());
                }
            } else if (!resource.getKey().endsWith(".dmn") && !resource.getKey().endsWith(".form")) {
                String message =
                        "'" + resource.getKey() + "' is refused: only .bpmn, .dmn and .form files are deployed here.";
                throw new ParseException(message, resource.getKey(), List.of(new Fault(null, message)), List.of());
            }
        }
    }

    /** All faults of one model, in the order of its elements; empty when it may run. */
    public List<Fault> faults(byte[] xml) {
        BpmnModelInstance model;
        try {
            model = Bpmn.readModelFromStream(new ByteArrayInputStream(xml));
        } catch (ModelParseException e) {
            return List.of(new Fault(null, "The file is no BPMN 2.0 model: " + e.getMessage()));
        }
        List<Fault> faults = new ArrayList<>();
        code(model, faults);
        for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
            service(task, faults);
        }
        for (BusinessRuleTask task : model.getModelElementsByType(BusinessRuleTask.class)) {
            if (task.getCamundaDecisionRef() == null) {
                faults.add(fault(task, "names no decision"));
            }
        }
        for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
            if (!"version".equals(call.getCamundaCalledElementBinding())) {
                faults.add(
                        fault(
                                call,
                                "must call the version that the release recorded: binding 'version' with ${models.process('…', execution)}"));
            }
        }
        for (UserTask task : model.getModelElementsByType(UserTask.class)) {
            user(task, faults);
        }
        return faults;
    }

    private static void code(BpmnModelInstance model, List<Fault> faults) {
        for (ScriptTask task : model.getModelElementsByType(ScriptTask.class)) {
            faults.add(fault(task, "is a script; scripts do not run here"));
        }
        for (Class<? extends ModelElementInstance> type : List.of(
                CamundaScript.class,
                CamundaConnector.class,
                CamundaExecutionListener.class,
                CamundaTaskListener.class,
                CamundaField.class)) {
            for (ModelElementInstance element : model.getModelElementsByType(type)) {
                faults.add(new Fault(
                        owner(element),
                        "'" + owner(element) + "' holds a camunda:"
                                + element.getElementType().getTypeName()
                                + "; code and calls stand in delegates, not in drawings"));
            }
        }
        for (FlowElement element : model.getModelElementsByType(FlowElement.class)) {
            for (String attribute : List.of("class", "expression")) {
                if (element.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, attribute) != null) {
                    faults.add(
                            fault(element, "has camunda:" + attribute + "; only camunda:delegateExpression is open"));
                }
            }
        }
    }

    private void service(ServiceTask task, List<Fault> faults) {
        if ("external".equals(task.getCamundaType())) {
            if (works.stream().noneMatch(work -> work.topic().equals(task.getCamundaTopic()))) {
                faults.add(fault(task, "names the topic '" + task.getCamundaTopic() + "', on which nobody works"));
            }
            return;
        }
        String expression = task.getCamundaDelegateExpression();
        Optional<String> bean = expression == null ? Optional.empty() : bean(expression);
        if (bean.isEmpty()) {
            faults.add(fault(task, "needs a delegate such as ${freezeScopeDelegate}"));
        } else if (!context.containsBean(bean.get()) || !context.isTypeMatch(bean.get(), JavaDelegate.class)) {
            faults.add(fault(task, "names the delegate '" + bean.get() + "', which does not exist"));
        }
        if (!task.isCamundaAsyncBefore()) {
            faults.add(fault(task, "must be 'asynchronous before', so that it starts from a saved point"));
        }
    }

    private void user(UserTask task, List<Fault> faults) {
        Process process = process(task);
        if (process != null && tasks.handler(process.getId(), task.getId()).isEmpty()) {
            faults.add(fault(task, "has no code behind it, so that nobody could complete it"));
        }
        Collection<String> groups = task.getCamundaCandidateGroupsList();
        if (groups.isEmpty()) {
            faults.add(fault(task, "names no candidate group"));
        }
        Set<String> known = roles.roles();
        for (String group : groups) {
            if (!group.contains("${") && !known.contains(group)) {
                faults.add(fault(task, "names the group '" + group + "', which does not exist"));
            }
        }
        if (task.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, "formRef") == null) {
            faults.add(fault(task, "has no form"));
        }
        if (task.getCamundaDueDate() == null) {
            faults.add(fault(task, "has no due date"));
        }
        if (task.getDocumentations().isEmpty()) {
            faults.add(fault(task, "has no documentation, which is what the person reads"));
        }
        if (task.getCamundaAssignee() != null || task.getCamundaCandidateUsers() != null) {
            faults.add(fault(task, "names a person; tasks are given to groups"));
        }
        if (LITERAL_ADDRESS.matcher(String.valueOf(task.getCamundaDueDate())).find()) {
            faults.add(fault(task, "holds a literal address"));
        }
    }

    private static Optional<String> bean(String expression) {
        Matcher matcher = BEAN.matcher(expression);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static @Nullable Process process(ModelElementInstance element) {
        ModelElementInstance parent = element.getParentElement();
        while (parent != null && !(parent instanceof Process)) {
            parent = parent.getParentElement();
        }
        return (Process) parent;
    }

    private static @Nullable String owner(ModelElementInstance element) {
        ModelElementInstance parent = element;
        while (parent != null && !(parent instanceof BaseElement)) {
            parent = parent.getParentElement();
        }
        return parent instanceof BaseElement base ? base.getId() : null;
    }

    private static Fault fault(BaseElement element, String sentence) {
        return new Fault(element.getId(), "'" + element.getId() + "' " + sentence);
    }
}
