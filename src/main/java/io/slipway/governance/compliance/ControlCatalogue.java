package io.slipway.governance.compliance;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The controls that rules ask for, as the configuration has them.
 *
 * @param controls each once
 */
@ConfigurationProperties("slipway.governance.compliance")
public record ControlCatalogue(@DefaultValue List<Control> controls) {

    /** Copies the list. */
    public ControlCatalogue {
        controls = List.copyOf(controls);
    }

    /** Which rules ask for a control. */
    public enum Framework {
        SOX,
        HIPAA,
        GDPR
    }

    /** When a control applies to a release. */
    public enum Applies {
        /** To every release. */
        ALWAYS,
        /** To emergencies only. */
        EMERGENCY,
        /** To everything but emergencies. */
        PLANNED,
        /** To no release; the house as a whole shows it. */
        HOUSE
    }

    /**
     * One control.
     *
     * @param key name of it
     * @param reference where the rule stands
     * @param title what it asks for
     * @param mark value of the property {@code control} of the elements of models that carry it out; empty where none does
     * @param evidence actions of the audit trail that show it where no element does
     */
    public record Control(
            String key,
            Framework framework,
            String reference,
            String title,
            @DefaultValue("") String mark,
            @DefaultValue List<String> evidence,
            @DefaultValue("ALWAYS") Applies applies) {

        /** Copies the list. */
        public Control {
            evidence = List.copyOf(evidence);
        }
    }
}
