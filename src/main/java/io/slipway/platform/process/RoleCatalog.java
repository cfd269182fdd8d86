package io.slipway.platform.process;

import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** The roles that models may name, and which of them a person holds for single systems only. */
public interface RoleCatalog {

    /** Every role that a model may name as a candidate group. */
    Set<String> roles();

    /** The group whose members hold this role where the process instance runs, such as {@code developer@storefront}. */
    String groupOf(String role, DelegateExecution execution);
}
