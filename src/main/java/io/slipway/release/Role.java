package io.slipway.release;

import java.util.Arrays;
import java.util.Optional;

/** The roles of a release organisation; each is a group of the engine. */
public enum Role {
    RELEASE_MANAGER("release-manager", "Release manager"),
    PRODUCT_OWNER("product-owner", "Product owner"),
    DEVELOPER("developer", "Developer"),
    QA("qa", "Quality assurance"),
    SECURITY("security", "Security"),
    DBA("dba", "Database administrator"),
    OPERATIONS("operations", "Operations"),
    DEPLOYER("deployer", "Deployer"),
    CHANGE_AUTHORITY("change-authority", "Change authority"),
    CAB_MEMBER("cab-member", "Change advisory board"),
    INCIDENT_MANAGER("incident-manager", "Incident manager"),
    SERVICE_DESK("service-desk", "Service desk"),
    PROCESS_OWNER("process-owner", "Process owner"),
    AUDITOR("auditor", "Auditor"),
    EXECUTIVE("executive", "Executive"),
    ADMIN("admin", "Administrator");

    private final String group;
    private final String label;

    Role(String group, String label) {
        this.group = group;
        this.label = label;
    }

    /** Id of the engine's group. */
    public String group() {
        return group;
    }

    /** The words that people read. */
    public String label() {
        return label;
    }

    /** Whether a person holds the role for named systems only; their groups are {@code role@system}. */
    public boolean systemScoped() {
        return this == PRODUCT_OWNER || this == DEVELOPER;
    }

    /**
     * Whether the role may also be held for one environment of one system only, in a group {@code role@system.environment}; whoever is in
     * the plain group holds it for all.
     */
    public boolean environmentScoped() {
        return this == DEPLOYER || this == OPERATIONS || this == DBA || this == CHANGE_AUTHORITY;
    }

    /** The group for one environment of a system. */
    public String groupFor(String system, String environment) {
        return group + "@" + system + "." + environment;
    }

    /** The group for one system; the plain group for roles that are held for all. */
    public String groupFor(String system) {
        return systemScoped() ? group + "@" + system : group;
    }

    /** The role with this group id. */
    public static Optional<Role> ofGroup(String group) {
        return Arrays.stream(values()).filter(role -> role.group.equals(group)).findFirst();
    }
}
