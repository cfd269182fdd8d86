package io.slipway.release;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;

/** A place in which a system runs. */
@Entity
@Table(name = "environment")
public class Environment {

    /** System and environment. */
    @Embeddable
    record Id(
            @Column(name = "system_key") String system,
            @Column(name = "environment_key") String environment) {}

    /** How near to customers an environment is. */
    public enum Tier {
        DEVELOPMENT,
        STAGING,
        PRODUCTION
    }

    @EmbeddedId
    private Id id;

    private String name;

    @Enumerated(EnumType.STRING)
    private Tier tier;

    @Column(name = "route_position")
    private int position;

    private int instances;

    @SuppressWarnings("NullAway.Init")
    protected Environment() {}

    Environment(String system, String key, String name, Tier tier, int position, int instances) {
        this.id = new Id(system, key);
        this.name = name;
        this.tier = tier;
        this.position = position;
        this.instances = instances;
    }

    /** System that runs here. */
    public String system() {
        return id.system();
    }

    /** Key within the system. */
    public String key() {
        return id.environment();
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** How near to customers it is. */
    public Tier tier() {
        return tier;
    }

    /** Place on the route; releases pass lower ones first. */
    public int position() {
        return position;
    }

    /** Number of instances of the service that run at the same time. */
    public int instances() {
        return instances;
    }
}
