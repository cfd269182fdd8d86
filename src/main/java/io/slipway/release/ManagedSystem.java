package io.slipway.release;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something that is released in versions and runs in environments. */
@Entity
@Table(name = "managed_system")
public class ManagedSystem {

    @Id
    @Column(name = "system_key")
    private String key;

    private String name;
    private boolean stateful;

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
}
