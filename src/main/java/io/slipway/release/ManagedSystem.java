package io.slipway.release;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.ZoneId;
import java.util.Optional;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** Something that is released in versions and runs in environments. */
@Entity
@Table(name = "managed_system")
public class ManagedSystem {

    @Id
    @Column(name = "system_key")
    private String key;

    private String name;
    private boolean stateful;

    /** Read with the system, so that a list of releases asks for no zone by itself. */
    @Formula("(select min(s.zone) from environment e join environment_site s on s.system_key = e.system_key"
            + " and s.environment_key = e.environment_key where e.system_key = system_key and e.tier = 'PRODUCTION')")
    private @Nullable String zone;

    @SuppressWarnings("NullAway.Init")
    protected ManagedSystem() {}

    ManagedSystem(String key, String name, boolean stateful) {
        this.key = key;
        this.name = name;
        this.stateful = stateful;
    }

    /** Stable key, part of the keys of its releases. */
    public String key() {
        return key;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** Whether an instance keeps state between requests, which limits how it can be deployed. */
    public boolean stateful() {
        return stateful;
    }

    /** The zone of the place where it is used; empty where nothing is said about it. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone).map(ZoneId::of);
    }
}
