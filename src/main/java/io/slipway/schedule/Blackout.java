package io.slipway.schedule;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A time in which nothing may be changed. It is entered and may be lifted; otherwise it stays as it is. */
@Entity
@Table(name = "blackout")
public class Blackout {

    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    private @Nullable UUID id;

    @Column(name = "system_key")
    private @Nullable String system;

    @Column(name = "environment_key")
    private @Nullable String environment;

    private String name;
    private Instant startsAt;
    private Instant endsAt;
    private String zone;
    private String enteredBy;
    private @Nullable String liftedBy;
    private @Nullable Instant liftedAt;

    @SuppressWarnings("NullAway.Init")
    protected Blackout() {}

    Blackout(NewBlackout entered, String person) {
        this.system = entered.system();
        this.environment = entered.environment();
        this.name = entered.name().strip();
        this.startsAt = entered.start();
        this.endsAt = entered.end();
        this.zone = entered.zone();
        this.enteredBy = person;
    }

    /** Its identity. */
    public UUID id() {
        return Objects.requireNonNull(id, "A blackout has its id once it is stored");
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** Key of the system; empty when it holds for all. */
    public Optional<String> system() {
        return Optional.ofNullable(system);
    }

    /** Key of the environment; empty when it holds for all of the system. */
    public Optional<String> environment() {
        return Optional.ofNullable(environment);
    }

    /** Where it holds, as people read it. */
    public String scope() {
        if (system == null) {
            return "all systems";
        }
        return environment == null ? system : system + "/" + environment;
    }

    /** How long it lasts. */
    public TimeSpan span() {
        return new TimeSpan(startsAt, endsAt);
    }

    /** Zone of the place for which it was entered. */
    public ZoneId zone() {
        return ZoneId.of(zone);
    }

    /** Person who entered it. */
    public String enteredBy() {
        return enteredBy;
    }

    /** When it was lifted; empty while it holds. */
    public Optional<Instant> liftedAt() {
        return Optional.ofNullable(liftedAt);
    }

    /** Person who lifted it. */
    public Optional<String> liftedBy() {
        return Optional.ofNullable(liftedBy);
    }

    /** Its start as people at its place read it. */
    public String from() {
        return TimeSpan.readable(startsAt, zone());
    }

    /** Its end as people at its place read it. */
    public String to() {
        return TimeSpan.readable(endsAt, zone());
    }

    void lift(String person, Instant now) {
        this.liftedBy = person;
        this.liftedAt = now;
    }
}
