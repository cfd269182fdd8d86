package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateTask;

/** Roles that a person holds for somebody else for a time; asked where the person's own groups do not suffice for a task. */
public interface LentRoles {

    /** Whether the person may act in this task as a member of this group now. */
    boolean lent(String person, String group, DelegateTask task);
}
