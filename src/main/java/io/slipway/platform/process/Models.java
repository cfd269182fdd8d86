package io.slipway.platform.process;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Answers models which version of a process, decision or form their release uses; called {@code models} in expressions. */
@Component
public class Models implements ModelFacade {

    private static final int REMEMBERED = 10_000;

    private final ModelVersions versions;

    /** A pin never changes, and a work list asks for one per row. */
    private final Map<Asked, Integer> remembered = Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Integer> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Asked(String release, ModelKind kind, String key) {}

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

    /** Version of a form; a text, because the engine's task queries read it as one. */
    public String form(String key, DelegateExecution execution) {
        return version(ModelKind.FORM, key, execution).toString();
    }

    private Integer version(ModelKind kind, String key, DelegateExecution execution) {
        Asked asked = new Asked(execution.getProcessBusinessKey(), kind, key);
        Integer known = remembered.get(asked);
        if (known != null) {
            return known;
        }
        Integer version = versions.pinned(asked.release(), kind, key)
                .orElseThrow(() ->
                        new IllegalStateException("Release " + asked.release() + " has recorded no version of the "
                                + kind.name().toLowerCase(Locale.ROOT) + " '" + key + "' at its start"))
                .version();
        remembered.put(asked, version);
        return version;
    }
}
