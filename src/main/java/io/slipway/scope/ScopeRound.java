package io.slipway.scope;

import io.slipway.platform.text.Beginning;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseId;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One round of deciding what a release contains. Frozen, it stays as it is; content that changes begins the next one. */
@Entity
@Table(name = "scope_round")
public class ScopeRound {

    /** Release and number of the round, from 1. */
    @Embeddable
    record Id(
            @Column(name = "release_id") UUID release,
            @Column(name = "round_number") int round) {}

    /** How far a round is. */
    public enum State {
        SUPPLYING("Items are supplied"),
        PROPOSED("Proposed"),
        CONFIRMED("Confirmed"),
        FROZEN("Frozen");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    @EmbeddedId
    private Id id;

    @Enumerated(EnumType.STRING)
    private State state;

    private Instant openedAt;
    private @Nullable String suppliedBy;
    private @Nullable String decidedBy;
    private @Nullable Instant decidedAt;
    private @Nullable String remark;

    @Enumerated(EnumType.STRING)
    private @Nullable UsersAffected usersAffected;

    private @Nullable Instant frozenAt;
    private @Nullable String digest;

    @Enumerated(EnumType.STRING)
    private @Nullable ReleaseClass releaseClass;

    private @Nullable Integer classTable;
    private @Nullable Integer capacity;
    private @Nullable String targetOn;
    private @Nullable String clash;
    private @Nullable String classRule;
    private @Nullable String classNearest;

    @Version
    private int lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected ScopeRound() {}

    ScopeRound(ReleaseId release, int number, Instant now) {
        this.id = new Id(release.value(), number);
        this.state = State.SUPPLYING;
        this.openedAt = now;
    }

    Id id() {
        return id;
    }

    /** Its number, from 1. */
    public int number() {
        return id.round();
    }

    /** How far it is. */
    public State state() {
        return state;
    }

    /** When it began. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Person who handed in the items last. */
    public Optional<String> suppliedBy() {
        return Optional.ofNullable(suppliedBy);
    }

    /** Person who confirmed the scope or sent it back. */
    public Optional<String> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    /** When that was. */
    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decidedAt);
    }

    /** What that person said about it. */
    public Optional<String> remark() {
        return Optional.ofNullable(remark);
    }

    /** How many users notice it; empty until the scope is confirmed. */
    public Optional<UsersAffected> usersAffected() {
        return Optional.ofNullable(usersAffected);
    }

    /** When it was frozen. */
    public Optional<Instant> frozenAt() {
        return Optional.ofNullable(frozenAt);
    }

    /** SHA-256 of what was frozen. */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    /** The class that the frozen scope gave. */
    public Optional<ReleaseClass> releaseClass() {
        return Optional.ofNullable(releaseClass);
    }

    /** Version of the table that gave the class. */
    public Optional<Integer> classTable() {
        return Optional.ofNullable(classTable);
    }

    /** Person days that it may take; empty where the usual number holds. */
    public Optional<Integer> capacity() {
        return Optional.ofNullable(capacity);
    }

    /** Day on which the release is wanted. */
    public Optional<LocalDate> target() {
        return Optional.ofNullable(targetOn).map(LocalDate::parse);
    }

    /** What must be in and does not fit together, in sentences; empty when everything does. */
    public Optional<String> clash() {
        return Optional.ofNullable(clash);
    }

    void mayCost(@Nullable Integer personDays, @Nullable LocalDate target) {
        this.capacity = personDays;
        this.targetOn = target == null ? null : target.toString();
    }

    void supplied(String person) {
        this.suppliedBy = person;
    }

    void proposed(@Nullable String clashing) {
        this.state = State.PROPOSED;
        this.clash = clashing == null ? null : Beginning.marked(clashing, 2000);
    }

    /** What clashed was negotiated. */
    void settled() {
        this.clash = null;
    }

    void confirmed(String person, UsersAffected users, @Nullable String saying, Instant now) {
        this.state = State.CONFIRMED;
        this.usersAffected = users;
        decided(person, saying, now);
    }

    void sentBack(String person, String saying, Instant now) {
        this.state = State.SUPPLYING;
        decided(person, saying, now);
    }

    private void decided(String person, @Nullable String saying, Instant now) {
        this.decidedBy = person;
        this.decidedAt = now;
        this.remark = saying;
    }

    void frozen(String sum, Instant now) {
        this.state = State.FROZEN;
        this.digest = sum;
        this.frozenAt = now;
    }

    /** The rule that gave the class, with what its owners say about it. */
    public Optional<String> classRule() {
        return Optional.ofNullable(classRule);
    }

    /** The one fact that is nearest to another class. */
    public Optional<String> classNearest() {
        return Optional.ofNullable(classNearest);
    }

    void classified(ReleaseClass given, int table, ClassReason why) {
        this.releaseClass = given;
        this.classTable = table;
        this.classRule = shortened(why.rule(), 1000);
        this.classNearest = shortened(why.nearest(), 500);
    }

    /** People gave it another class than the table. */
    void reclassified(ReleaseClass wanted) {
        this.releaseClass = wanted;
    }

    private static String shortened(String text, int longest) {
        return Beginning.marked(text, longest);
    }
}
