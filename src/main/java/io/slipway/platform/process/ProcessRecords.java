package io.slipway.platform.process;

import io.slipway.platform.data.ListTotal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/**
 * Shows a process and everything that it called, while it runs and after it ended: the drawing, where its tokens are, what was done.
 *
 * <p>It asks for no right; whoever calls it has already found that the reader may see the process.
 */
@Component
public class ProcessRecords {

    /** Steps that say nothing to a reader: routing, and the beginnings and frames of stretches. */
    private static final String TOLD =
            " from ACT_HI_ACTINST where ROOT_PROC_INST_ID_ = #{root} and ACT_TYPE_ not in ('exclusiveGateway', 'parallelGateway',"
                    + " 'multiInstanceBody', 'startEvent', 'subProcess', 'errorStartEvent')";

    private final HistoryService history;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final EngineAccess access;

    /** What was looked up once: what is read of a definition, its name and version, never changes. */
    private final Map<String, ProcessDefinition> known = new ConcurrentHashMap<>();

    ProcessRecords(
            @Lazy HistoryService history,
            @Lazy RuntimeService runtime,
            @Lazy RepositoryService repository,
            EngineAccess access) {
        this.history = history;
        this.runtime = runtime;
        this.repository = repository;
        this.access = access;
    }

    /**
     * One step of a process.
     *
     * @param instance the process instance that took it
     * @param process the name of that process, as people read it
     * @param name the label of the element
     * @param type the engine's name for the type of the element, such as {@code userTask}
     * @param person who held the task; null for everything that nobody did
     * @param end when it ended; null while it lasts
     * @param canceled whether it was broken off
     */
    public record Step(
            String id,
            String instance,
            String process,
            String element,
            String name,
            String type,
            @Nullable String person,
            Instant start,
            @Nullable Instant end,
            boolean canceled) {}

    /** One instance on the way from the outermost process down to the one that is shown. */
    public record Level(String instance, String name) {}

    /** Number of tokens at an element. */
    public record Token(String element, int count) {}

    /** A failure at an element that somebody must look at; the cause may lie in a process called from there. */
    public record Trouble(String element, String message) {}

    /** A process that was called from an element. */
    public record Called(String element, String instance, String name, Instant start, boolean ended) {}

    /**
     * What there is to see of one process instance.
     *
     * @param path from the outermost process to this one
     * @param ended whether it has ended; then there is no token any more
     * @param done elements that were passed, in no order
     * @param broken elements that were entered and broken off, and never completed
     * @param called what was called from here, in the order of the calls
     */
    public record Picture(
            String instance,
            String process,
            String name,
            int version,
            boolean ended,
            List<Level> path,
            List<Token> tokens,
            Set<String> done,
            Set<String> broken,
            List<Trouble> incidents,
            List<Called> called) {}

    /** The steps of a process and of all that it called, a page of them, by their beginning. */
    public Page<Step> steps(String root, Pageable page, boolean latestFirst) {
        return access.asSystem(() -> {
            long total = history.createNativeHistoricActivityInstanceQuery()
                    .sql(ListTotal.sql(TOLD, page))
                    .parameter("root", root)
                    .count();
            String direction = latestFirst ? " desc" : "";
            List<HistoricActivityInstance> rows = history.createNativeHistoricActivityInstanceQuery()
                    .sql("select *" + TOLD + " order by START_TIME_" + direction + ", SEQUENCE_COUNTER_" + direction
                            + ", ID_" + direction)
                    .parameter("root", root)
                    .listPage((int) page.getOffset(), page.getPageSize());
            Map<String, ProcessDefinition> definitions = definitions(rows.stream()
                    .map(HistoricActivityInstance::getProcessDefinitionId)
                    .toList());
            return new PageImpl<>(
                    rows.stream().map(row -> step(row, definitions)).toList(), page, total);
        });
    }

    private static Step step(HistoricActivityInstance row, Map<String, ProcessDefinition> definitions) {
        return new Step(
                row.getId(),
                row.getProcessInstanceId(),
                name(definitions.get(row.getProcessDefinitionId()), row.getProcessDefinitionKey()),
                row.getActivityId(),
                row.getActivityName() == null ? row.getActivityId() : row.getActivityName(),
                row.getActivityType(),
                row.getAssignee(),
                row.getStartTime().toInstant(),
                instant(row.getEndTime()),
                row.isCanceled());
    }

    /** The labels of elements of one model by id; the id itself where none was drawn. */
    public Map<String, String> labels(String definition, Set<String> elements) {
        return access.asSystem(() -> {
            Map<String, String> labels = new HashMap<>();
            for (String element : elements) {
                ModelElementInstance found =
                        repository.getBpmnModelInstance(definition).getModelElementById(element);
                String name = found == null ? null : found.getAttributeValue("name");
                labels.put(element, name == null || name.isBlank() ? element : name);
            }
            return labels;
        });
    }

    /** The name that people read for each of these process definitions. */
    public Map<String, String> processNames(Set<String> definitionIds) {
        return access.asSystem(() -> {
            Map<String, ProcessDefinition> definitions = definitions(List.copyOf(definitionIds));
            Map<String, String> names = new HashMap<>();
            definitionIds.forEach(id -> names.put(id, name(definitions.get(id), ProcessKeys.of(id))));
            return names;
        });
    }

    private Map<String, ProcessDefinition> definitions(List<String> ids) {
        Map<String, ProcessDefinition> definitions = new HashMap<>();
        ids.forEach(id -> definitions.computeIfAbsent(id, known::get));
        String[] asked =
                ids.stream().distinct().filter(id -> !known.containsKey(id)).toArray(String[]::new);
        if (asked.length > 0) {
            repository
                    .createProcessDefinitionQuery()
                    .processDefinitionIdIn(asked)
                    .list()
                    .forEach(definition -> {
                        known.put(definition.getId(), definition);
                        definitions.put(definition.getId(), definition);
                    });
        }
        return definitions;
    }

    private static String name(@Nullable ProcessDefinition definition, String key) {
        return definition == null || definition.getName() == null ? key : definition.getName();
    }

    /** The drawing that a process instance follows, as BPMN XML; empty when the instance is not part of that outermost process. */
    public Optional<String> drawing(String root, String instance) {
        return access.asSystem(() -> within(root, instance).map(found -> xml(found.getProcessDefinitionId())));
    }

    private String xml(String definition) {
        try (InputStream in = repository.getProcessModel(definition)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + definition + " cannot be read", e);
        }
    }

    /** What there is to see of a process instance; empty when the instance is not part of that outermost process. */
    public Optional<Picture> picture(String root, String instance) {
        return access.asSystem(() -> within(root, instance).map(this::picture));
    }

    /**
     * An instance among those of one business key.
     *
     * @param parent the instance that called it; null for one that nothing called
     * @param beside whether it belongs to another outermost process than the one that the key began with
     */
    public record Instance(
            String id,
            String process,
            String name,
            int version,
            @Nullable String parent,
            boolean beside,
            Instant start,
            @Nullable Instant end,
            String state) {}

    /**
     * Every process that ran or runs under a business key, through all calls and beside the outermost one, by their beginning.
     *
     * @param root the outermost process instance
     */
    public Page<Instance> instances(String businessKey, String root, Pageable page) {
        return access.asSystem(() -> {
            long total = history.createHistoricProcessInstanceQuery()
                    .processInstanceBusinessKey(businessKey)
                    .count();
            List<HistoricProcessInstance> found = history.createHistoricProcessInstanceQuery()
                    .processInstanceBusinessKey(businessKey)
                    .orderByProcessInstanceStartTime()
                    .asc()
                    .orderByProcessInstanceId()
                    .asc()
                    .listPage((int) page.getOffset(), page.getPageSize());
            return new PageImpl<>(
                    found.stream().map(instance -> instance(instance, root)).toList(), page, total);
        });
    }

    private static Instance instance(HistoricProcessInstance instance, String root) {
        Date end = instance.getEndTime();
        return new Instance(
                instance.getId(),
                instance.getProcessDefinitionKey(),
                instance.getProcessDefinitionName() == null
                        ? instance.getProcessDefinitionKey()
                        : instance.getProcessDefinitionName(),
                instance.getProcessDefinitionVersion(),
                instance.getSuperProcessInstanceId(),
                !root.equals(instance.getRootProcessInstanceId()),
                instance.getStartTime().toInstant(),
                end == null ? null : end.toInstant(),
                instance.getState());
    }

    /** The outermost process of an instance under a business key; empty when there is no such instance under it. */
    public Optional<String> rootUnder(String businessKey, String instance) {
        return access.asSystem(() -> Optional.ofNullable(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .processInstanceBusinessKey(businessKey)
                        .singleResult())
                .map(HistoricProcessInstance::getRootProcessInstanceId));
    }

    private Optional<HistoricProcessInstance> within(String root, String instance) {
        return Optional.ofNullable(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult())
                .filter(found -> root.equals(found.getRootProcessInstanceId()));
    }

    private Picture picture(HistoricProcessInstance instance) {
        List<HistoricActivityInstance> passed = history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .orderByHistoricActivityInstanceStartTime()
                .asc()
                .list();
        Set<String> done = new LinkedHashSet<>();
        Set<String> broken = new LinkedHashSet<>();
        for (HistoricActivityInstance step : passed) {
            if (step.getEndTime() != null) {
                (step.isCanceled() ? broken : done).add(element(step.getActivityId()));
            }
        }
        broken.removeAll(done);
        boolean ended = instance.getEndTime() != null;
        return new Picture(
                instance.getId(),
                instance.getProcessDefinitionKey(),
                instance.getProcessDefinitionName() == null
                        ? instance.getProcessDefinitionKey()
                        : instance.getProcessDefinitionName(),
                instance.getProcessDefinitionVersion(),
                ended,
                path(instance),
                ended ? List.of() : tokens(instance.getId()),
                done,
                broken,
                ended ? List.of() : troubles(instance.getId()),
                called(passed));
    }

    private List<Level> path(HistoricProcessInstance instance) {
        List<Level> path = new ArrayList<>();
        HistoricProcessInstance at = instance;
        while (at != null) {
            path.add(
                    0,
                    new Level(
                            at.getId(),
                            at.getProcessDefinitionName() == null
                                    ? at.getProcessDefinitionKey()
                                    : at.getProcessDefinitionName()));
            String caller = at.getSuperProcessInstanceId();
            at = caller == null
                    ? null
                    : history.createHistoricProcessInstanceQuery()
                            .processInstanceId(caller)
                            .singleResult();
        }
        return path;
    }

    private List<Token> tokens(String instance) {
        Map<String, Integer> counts = new TreeMap<>();
        ActivityInstance tree = runtime.getActivityInstance(instance);
        if (tree != null) {
            count(tree, tree, counts);
        }
        return counts.entrySet().stream()
                .map(entry -> new Token(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void count(ActivityInstance at, ActivityInstance root, Map<String, Integer> counts) {
        for (TransitionInstance waiting : at.getChildTransitionInstances()) {
            counts.merge(element(waiting.getActivityId()), 1, Integer::sum);
        }
        for (ActivityInstance child : at.getChildActivityInstances()) {
            count(child, root, counts);
        }
        boolean leaf = at.getChildActivityInstances().length == 0 && at.getChildTransitionInstances().length == 0;
        if (leaf && at != root) {
            counts.merge(element(at.getActivityId()), 1, Integer::sum);
        }
    }

    /** The body of a repeated activity has an id of its own in the engine, and none in the drawing. */
    private static String element(String activity) {
        int mark = activity.indexOf('#');
        return mark < 0 ? activity : activity.substring(0, mark);
    }

    private List<Trouble> troubles(String instance) {
        Map<String, String> byElement = new LinkedHashMap<>();
        for (Incident incident : runtime.createIncidentQuery()
                .processInstanceId(instance)
                .orderByIncidentTimestamp()
                .asc()
                .list()) {
            byElement.putIfAbsent(element(incident.getActivityId()), message(incident));
        }
        return byElement.entrySet().stream()
                .map(entry -> new Trouble(entry.getKey(), entry.getValue()))
                .toList();
    }

    private String message(Incident incident) {
        Incident cause = incident;
        if (!incident.getId().equals(incident.getRootCauseIncidentId())) {
            cause = Optional.ofNullable(runtime.createIncidentQuery()
                            .incidentId(incident.getRootCauseIncidentId())
                            .singleResult())
                    .orElse(incident);
        }
        return cause.getIncidentMessage() == null ? "The step failed and gave no reason." : cause.getIncidentMessage();
    }

    private List<Called> called(List<HistoricActivityInstance> passed) {
        Map<String, HistoricActivityInstance> calls = new LinkedHashMap<>();
        for (HistoricActivityInstance step : passed) {
            if (step.getCalledProcessInstanceId() != null) {
                calls.put(step.getCalledProcessInstanceId(), step);
            }
        }
        if (calls.isEmpty()) {
            return List.of();
        }
        Map<String, HistoricProcessInstance> instances = new HashMap<>();
        history.createHistoricProcessInstanceQuery()
                .processInstanceIds(calls.keySet())
                .list()
                .forEach(found -> instances.put(found.getId(), found));
        return calls.entrySet().stream()
                .filter(call -> instances.containsKey(call.getKey()))
                .map(call -> called(call.getValue(), instances.get(call.getKey())))
                .toList();
    }

    private static Called called(HistoricActivityInstance step, @Nullable HistoricProcessInstance instance) {
        if (instance == null) {
            throw new IllegalArgumentException("Step " + step.getActivityId() + " called nothing");
        }
        return new Called(
                element(step.getActivityId()),
                instance.getId(),
                instance.getProcessDefinitionName() == null
                        ? instance.getProcessDefinitionKey()
                        : instance.getProcessDefinitionName(),
                instance.getStartTime().toInstant(),
                instance.getEndTime() != null);
    }

    /** Names of the messages that a process instance waits for now. */
    public Set<String> awaitedMessages(String instance) {
        Set<String> names = new LinkedHashSet<>();
        access.asSystem(() -> runtime.createEventSubscriptionQuery()
                        .processInstanceId(instance)
                        .eventType("message")
                        .list())
                .forEach(subscription -> names.add(subscription.getEventName()));
        return names;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    /** The text of a file of one of the engine's deployments. */
    public String file(String deployment, String name) {
        return access.asSystem(() -> {
            try (InputStream in = repository.getResourceAsStream(deployment, name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("The file " + name + " cannot be read", e);
            }
        });
    }
}
