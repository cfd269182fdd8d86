package io.slipway.platform.process;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The roles that models may name, and which of them a person holds for single systems only. */
public interface RoleCatalog {

    /** Every role that a model may name as a candidate group. */
    Set<String> roles();

    /** The group whose members hold this role where the process instance runs, such as {@code developer@storefront}. */
    String groupOf(String role, DelegateExecution execution);

    /** All groups whose members hold this role where the process instance runs; more than one where it may be held more narrowly. */
    default java.util.List<String> groupsOf(String role, DelegateExecution execution) {
        return java.util.List.of(groupOf(role, execution));
    }
}
