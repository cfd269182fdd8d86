package io.slipway.platform.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Answers models which version of a process, decision or form their release uses; called {@code models} in expressions. */
@Component
public class Models implements ModelFacade {

    private final ModelVersions versions;

    Models(ModelVersions versions) {
        this.versions = versions;
    }

    /** Version of a called process. */
    public Integer process(String key, DelegateExecution execution) {
        return version(ModelKind.PROCESS, key, execution);
    }

    /** Version of a decision. */
    public Integer decision(String key, DelegateExecution execution) {
        return version(ModelKind.DECISION, key, execution);
    }

    /** Version of a form. */
    public Integer form(String key, DelegateExecution execution) {
        return version(ModelKind.FORM, key, execution);
    }

    private Integer version(ModelKind kind, String key, DelegateExecution execution) {
        String release = execution.getProcessBusinessKey();
        return versions.pinned(release, kind, key)
                .orElseThrow(() -> new IllegalStateException("Release " + release + " has recorded no version of the "
                        + kind.name().toLowerCase(java.util.Locale.ROOT) + " '" + key + "' at its start"))
                .version();
    }
}
