package io.slipway.platform.web;

import java.util.Optional;

/** Says how exceptions of a module are told; asked before the general rules. */
public interface FailureMapping {

    /** How this exception is told; empty when it is none of the module's. */
    Optional<Failure> of(Throwable exception);
}
