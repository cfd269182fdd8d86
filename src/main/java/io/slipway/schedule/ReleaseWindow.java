package io.slipway.schedule;

import io.slipway.platform.text.Beginning;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One round of finding the time for a release. Only the latest round counts, and only once its window is planned. */
@Entity
@Table(name = "release_window")
public class ReleaseWindow {

    static final int LONGEST_FINDING = 2000;

    /** Release and number of the round, from 1. */
    @Embeddable
    record Id(
            @Column(name = "release_id") UUID release,
            @Column(name = "round_number") int round) {}

    /** How far a round is. */
    public enum State {
        OPEN("A window is looked for"),
        PROPOSED("Proposed"),
        BUSY("Not free"),
        FREE("Free"),
        PLANNED("Planned");

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

    private boolean emergency;
    private @Nullable Instant startsAt;
    private @Nullable Instant endsAt;
    private @Nullable String proposedBy;
    private @Nullable String reason;
    private @Nullable String finding;

    @Column(length = 1_000_000)
    private String broken;

    @Version
    private int lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected ReleaseWindow() {}

    ReleaseWindow(ReleaseId release, int round) {
        this.id = new Id(release.value(), round);
        this.state = State.OPEN;
        this.broken = "";
    }

    /** Number of the round, from 1. */
    public int round() {
        return id.round();
    }

    /** How far it is. */
    public State state() {
        return state;
    }

    /** Whether it was opened by the rule for emergencies. */
    public boolean emergency() {
        return emergency;
    }

    /** The window; empty until one is proposed. */
    public Optional<TimeSpan> span() {
        return startsAt == null || endsAt == null ? Optional.empty() : Optional.of(new TimeSpan(startsAt, endsAt));
    }

    /** Person who proposed it; empty when a rule opened it. */
    public Optional<String> proposedBy() {
        return Optional.ofNullable(proposedBy);
    }

    /** Why this window. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** What the comparison with the calendar found. */
    public Optional<String> finding() {
        return Optional.ofNullable(finding);
    }

    /** Ids of the blackouts and denied times that an emergency breaks knowingly. */
    public List<String> broken() {
        return broken.isEmpty() ? List.of() : Arrays.asList(broken.split(" ", -1));
    }

    void propose(String person, TimeSpan span, @Nullable String why) {
        this.state = State.PROPOSED;
        this.proposedBy = person;
        this.startsAt = span.start();
        this.endsAt = span.end();
        this.reason = why;
        this.finding = null;
    }

    void open(TimeSpan span, List<String> breaks, String found) {
        this.state = State.FREE;
        this.emergency = true;
        this.startsAt = span.start();
        this.endsAt = span.end();
        this.broken = String.join(" ", breaks);
        found(found);
    }

    void checked(boolean free, String found) {
        this.state = free ? State.FREE : State.BUSY;
        found(found);
    }

    void planned() {
        this.state = State.PLANNED;
    }

    private void found(String text) {
        this.finding = Beginning.marked(text, LONGEST_FINDING);
    }
}
