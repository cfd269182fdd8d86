package io.slipway.release;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A set of scope items delivered in one version of one system. */
@Entity
@Table(name = "slipway_release")
public class Release {

    @Id
    private UUID id;

    @Column(name = "release_key")
    private String key;

    @Column(name = "system_key")
    private String system;

    @Column(name = "version")
    private String version;

    private String title;

    @Enumerated(EnumType.STRING)
    private Urgency urgency;

    @Enumerated(EnumType.STRING)
    @Column(name = "release_class")
    private @Nullable ReleaseClass releaseClass;

    @Enumerated(EnumType.STRING)
    private ReleaseState state;

    private boolean onHold;
    private @Nullable String holdReason;

    @Enumerated(EnumType.STRING)
    private @Nullable ReleaseOutcome outcome;

    private String requestedBy;
    private Instant requestedAt;
    private @Nullable Instant windowStart;
    private @Nullable Instant windowEnd;
    private @Nullable String processInstanceId;
    private @Nullable Instant endedAt;

    @Version
    private int lockVersion;

    @SuppressWarnings("NullAway.Init")
    protected Release() {}

    Release(ReleaseId id, NewRelease request, String requestedBy, Instant now) {
        this.id = id.value();
        this.key = request.key();
        this.system = request.system();
        this.version = request.version();
        this.title = request.title();
        this.urgency = request.urgency();
        this.state = ReleaseState.DRAFT;
        this.requestedBy = requestedBy;
        this.requestedAt = now;
    }

    /** Identity. */
    public ReleaseId id() {
        return new ReleaseId(id);
    }

    /** What people call it, {@code system-version}; also the business key of its processes. */
    public String key() {
        return key;
    }

    /** Key of the system it changes. */
    public String system() {
        return system;
    }

    /** The version it delivers, as SemVer. */
    public String version() {
        return version;
    }

    /** One line on what it is for. */
    public String title() {
        return title;
    }

    /** Whether it follows the usual path. */
    public Urgency urgency() {
        return urgency;
    }

    /** Its class; empty until its scope is frozen. */
    public Optional<ReleaseClass> releaseClass() {
        return Optional.ofNullable(releaseClass);
    }

    /** Where it stands. */
    public ReleaseState state() {
        return state;
    }

    /** Whether nothing may go on until somebody resumes it. */
    public boolean onHold() {
        return onHold;
    }

    /** Why it is on hold. */
    public Optional<String> holdReason() {
        return Optional.ofNullable(holdReason);
    }

    /** How it ended; empty while it runs. */
    public Optional<ReleaseOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Person who asked for it. */
    public String requestedBy() {
        return requestedBy;
    }

    /** When it was asked for. */
    public Instant requestedAt() {
        return requestedAt;
    }

    /** First moment at which production may be touched. */
    public Optional<Instant> windowStart() {
        return Optional.ofNullable(windowStart);
    }

    /** Moment from which production may no longer be touched. */
    public Optional<Instant> windowEnd() {
        return Optional.ofNullable(windowEnd);
    }

    /** When it ended. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /** The engine's outermost process instance. */
    public Optional<String> processInstanceId() {
        return Optional.ofNullable(processInstanceId);
    }

    void startedAs(String instance) {
        this.processInstanceId = instance;
    }

    void enter(ReleaseState next) {
        this.state = next;
    }

    void classify(ReleaseClass next) {
        this.releaseClass = next;
    }

    void planWindow(Instant start, Instant end) {
        this.windowStart = start;
        this.windowEnd = end;
    }

    void hold(String reason) {
        this.onHold = true;
        this.holdReason = reason;
    }

    void resume() {
        this.onHold = false;
        this.holdReason = null;
    }

    void end(ReleaseState ending, ReleaseOutcome how, Instant now) {
        this.state = ending;
        this.outcome = how;
        this.onHold = false;
        this.endedAt = now;
    }
}
