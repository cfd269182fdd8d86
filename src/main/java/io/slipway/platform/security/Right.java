package io.slipway.platform.security;

import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.DELETE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.Permissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.READ_TASK;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.RETRY_JOB;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.SUSPEND_INSTANCE;
import static org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions.UPDATE_INSTANCE_VARIABLE;

import java.util.List;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;

/**
 * What a role may do in the engine and its web applications, as a word and as the grants behind it.
 *
 * <p>Nobody has the right to start a process, to delete an instance or a deployment, or to create a filter: releases are started and
 * cancelled through Slipway, what a release runs by is never deleted, and a filter can hold expressions.
 */
public enum Right {
    /** Works in Tasklist; the rights on single tasks come with their candidate groups. */
    TASKLIST,
    /** Looks into Cockpit. */
    COCKPIT,
    /** Reads every process with its instances, tasks and history, what was done with them in the engine, and every decision. */
    READ_PROCESSES,
    /** Retries, suspends, corrects and moves running instances; what that may lead to is refused by the code behind each step. */
    STEER_PROCESSES,
    /** Deploys models, which thereby become proposals. */
    PROPOSE_MODELS,
    /** Reads who did what in the engine, accounts and deployments included. */
    READ_OPERATIONS,
    /** Opens accounts and gives roles, never to himself and never alone. */
    MANAGE_IDENTITIES;

    /** The engine's authorizations that make it up. */
    public List<Grant> grants() {
        return switch (this) {
            case TASKLIST ->
                List.of(
                        grant(Resources.APPLICATION, "tasklist", ACCESS),
                        grant(Resources.PROCESS_DEFINITION, "*", READ),
                        grant(Resources.USER, "*", READ));
            case COCKPIT ->
                List.of(
                        grant(Resources.APPLICATION, "cockpit", ACCESS),
                        grant(Resources.DEPLOYMENT, "*", READ),
                        grant(Resources.USER, "*", READ));
            case READ_PROCESSES ->
                List.of(
                        grant(Resources.PROCESS_DEFINITION, "*", READ, READ_INSTANCE, READ_TASK, READ_HISTORY),
                        grant(Resources.DECISION_DEFINITION, "*", READ, READ_HISTORY),
                        grant(Resources.DECISION_REQUIREMENTS_DEFINITION, "*", READ));
            case STEER_PROCESSES ->
                List.of(grant(
                        Resources.PROCESS_DEFINITION,
                        "*",
                        UPDATE_INSTANCE,
                        RETRY_JOB,
                        SUSPEND_INSTANCE,
                        UPDATE_INSTANCE_VARIABLE));
            case PROPOSE_MODELS -> List.of(grant(Resources.DEPLOYMENT, "*", CREATE, READ));
            case READ_OPERATIONS ->
                List.of(grant(Resources.OPERATION_LOG_CATEGORY, "*", UserOperationLogCategoryPermissions.READ));
            case MANAGE_IDENTITIES ->
                List.of(
                        grant(Resources.APPLICATION, "admin", ACCESS),
                        grant(Resources.USER, "*", READ, CREATE, UPDATE),
                        grant(Resources.GROUP, "*", READ),
                        grant(Resources.GROUP_MEMBERSHIP, "*", CREATE, DELETE));
        };
    }

    /**
     * One authorization of the engine.
     *
     * @param resource kind of thing
     * @param id which one, or {@code *} for all
     * @param permissions what is allowed with it
     */
    public record Grant(Resource resource, String id, List<Permission> permissions) {

        /** Copies the permissions. */
        public Grant {
            permissions = List.copyOf(permissions);
        }
    }

    private static Grant grant(Resource resource, String id, Permission... permissions) {
        return new Grant(resource, id, List.of(permissions));
    }
}
