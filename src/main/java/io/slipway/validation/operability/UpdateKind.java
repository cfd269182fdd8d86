package io.slipway.validation.operability;

import io.slipway.release.Role;
import java.util.Arrays;

/** What may have to be brought up to date. */
public enum UpdateKind {
    RUNBOOK("Runbook", "The runbook says how the changed system is operated.", Role.OPERATIONS),
    MONITORING("Monitoring", "The changed system is watched and alarms somebody.", Role.OPERATIONS),
    BACKUP("Backup", "The changed data is backed up, and a backup was restored.", Role.DBA);

    private final String label;
    private final String statement;
    private final Role role;

    UpdateKind(String label, String statement, Role role) {
        this.label = label;
        this.statement = statement;
        this.role = role;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** What is attested. */
    public String statement() {
        return statement;
    }

    /** Whose role attests it. */
    public Role role() {
        return role;
    }

    /**
     * The kind that a decision table names.
     *
     * @throws IllegalStateException when the table names what is not known here
     */
    static UpdateKind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The decision 'required-updates' names '" + name
                        + "'; it may name RUNBOOK, MONITORING and BACKUP"));
    }
}
