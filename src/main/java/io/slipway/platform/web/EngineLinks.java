package io.slipway.platform.web;

import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Addresses inside the engine's own web applications; they carry the name of the engine. */
@Component
public class EngineLinks {

    private final String root;
    private final ProcessEngine engine;

    EngineLinks(@Value("${camunda.bpm.webapp.application-path:/camunda}") String root, @Lazy ProcessEngine engine) {
        this.root = root;
        this.engine = engine;
    }

    /** Where people find their tasks. */
    public String tasklist() {
        return app("tasklist");
    }

    /** One task, opened. */
    public String task(String id) {
        return app("tasklist") + "#/?task=" + id;
    }

    /** Where operators watch processes. */
    public String cockpit() {
        return app("cockpit");
    }

    /** One process instance as it runs. */
    public String instance(String id) {
        return app("cockpit") + "#/process-instance/" + id + "/runtime";
    }

    /** Where people and groups are kept. */
    public String admin() {
        return app("admin");
    }

    private String app(String name) {
        return root + "/app/" + name + "/" + engine.getName() + "/";
    }
}
