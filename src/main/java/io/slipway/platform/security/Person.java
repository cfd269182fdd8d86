package io.slipway.platform.security;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account. Everywhere else a person is known by the opaque id alone; the displayed name is in the engine's row of
 * the user, so that Tasklist shows it.
 */
@Entity
@Table(name = "person")
public class Person {

    /** Whether a person may sign in. */
    public enum State {
        ACTIVE,
        DEACTIVATED,
        ERASED
    }

    @Id
    private String id;

    private String login;
    private @Nullable String mail;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "erased_at")
    private @Nullable Instant erasedAt;

    @SuppressWarnings("NullAway.Init")
    protected Person() {}

    Person(String id, String login, @Nullable String mail, Instant createdAt) {
        this.id = id;
        this.login = login;
        this.mail = mail;
        this.state = State.ACTIVE;
        this.createdAt = createdAt;
    }

    /** Opaque id, the same as the engine's user id. */
    public String id() {
        return id;
    }

    /** Name for signing in, in lower case. */
    public String login() {
        return login;
    }

    /** Where mails go; empty when none is known. */
    public Optional<String> mail() {
        return Optional.ofNullable(mail);
    }

    /** Whether the person may sign in. */
    public State state() {
        return state;
    }

    /** When the account was opened. */
    public Instant createdAt() {
        return createdAt;
    }

    /** When login name, mail address and displayed name were erased. */
    public Optional<Instant> erasedAt() {
        return Optional.ofNullable(erasedAt);
    }

    void writeTo(String address) {
        this.mail = address;
    }

    void deactivate() {
        if (state == State.ACTIVE) {
            this.state = State.DEACTIVATED;
        }
    }

    void erase(Instant now) {
        this.login = id;
        this.mail = null;
        this.state = State.ERASED;
        this.erasedAt = now;
    }
}
