package io.slipway.platform.security;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The filters of Tasklist: mine, my groups', overdue, and one for each phase. They come from the configuration alone; everybody may
 * read them and nobody may make others, because a filter can hold expressions.
 */
@Component
class WorkLists {

    private final Lists lists;
    private final FilterService filters;
    private final TaskService tasks;
    private final Authorizations authorizations;

    WorkLists(Lists lists, @Lazy FilterService filters, @Lazy TaskService tasks, @Lazy Authorizations authorizations) {
        this.lists = lists;
        this.filters = filters;
        this.tasks = tasks;
        this.authorizations = authorizations;
    }

    /**
     * What the configuration says.
     *
     * @param phases a list for each of these
     * @param variables what a task in a list shows besides its name: the label by the name of the variable
     */
    @ConfigurationProperties("slipway.work-lists")
    record Lists(
            @DefaultValue List<Phase> phases, @DefaultValue Map<String, String> variables) {}

    /**
     * A phase of the work.
     *
     * @param name what people call it
     * @param processes keys of the processes whose tasks belong to it
     */
    record Phase(String name, List<String> processes) {}

    /** Creates what is missing and renews the rest. */
    void open() {
        int place = 0;
        keep(
                place++,
                "My tasks",
                "Tasks that you have claimed",
                tasks.createTaskQuery().taskAssigneeExpression("${currentUser()}"));
        keep(
                place++,
                "My groups' tasks",
                "Open tasks that one of your roles can take",
                tasks.createTaskQuery()
                        .taskCandidateGroupInExpression("${currentUserGroups()}")
                        .taskUnassigned());
        keep(
                place++,
                "Overdue",
                "Tasks that should have been decided by now",
                tasks.createTaskQuery().dueBeforeExpression("${now()}"));
        for (Phase phase : lists.phases()) {
            keep(
                    place++,
                    phase.name(),
                    "Tasks of the phase " + phase.name(),
                    tasks.createTaskQuery()
                            .processDefinitionKeyIn(phase.processes().toArray(String[]::new)));
        }
    }

    private void keep(int place, String name, String description, TaskQuery query) {
        Filter filter = filters.createTaskFilterQuery().filterName(name).singleResult();
        if (filter == null) {
            filter = filters.newTaskFilter(name);
        }
        filter.setQuery(query.orderByTaskPriority().desc().orderByDueDate().asc());
        filter.setProperties(properties(place, description));
        Filter kept = filters.saveFilter(filter);
        authorizations.giveEverybody(Resources.FILTER, kept.getId());
    }

    private Map<String, Object> properties(int place, String description) {
        List<Map<String, String>> shown = new ArrayList<>();
        lists.variables().forEach((variable, label) -> shown.add(Map.of("name", variable, "label", label)));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("description", description);
        // Tasklist shows lower numbers first.
        properties.put("priority", place * 10);
        properties.put("color", "#3b6ea5");
        properties.put("refresh", false);
        properties.put("showUndefinedVariable", false);
        properties.put("variables", shown);
        return properties;
    }
}
