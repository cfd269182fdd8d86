package io.slipway.platform.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One effect as the ledger knows it. */
public final class LedgerEntry {

    private final String key;
    private final long seq;
    private final String businessKey;
    private final String run;
    private final String step;
    private final String target;
    private final String requestHash;
    private final EffectState state;
    private final long fence;
    private final @Nullable String undo;
    private final @Nullable String result;
    private final @Nullable String reason;
    private final @Nullable Instant startedAt;
    private final @Nullable Instant endedAt;
    private final @Nullable String owner;
    private final @Nullable Instant leasedUntil;

    LedgerEntry(
            String key,
            long seq,
            String businessKey,
            String run,
            String step,
            String target,
            String requestHash,
            EffectState state,
            long fence,
            @Nullable String undo,
            @Nullable String result,
            @Nullable String reason,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String owner,
            @Nullable Instant leasedUntil) {
        this.key = key;
        this.seq = seq;
        this.businessKey = businessKey;
        this.run = run;
        this.step = step;
        this.target = target;
        this.requestHash = requestHash;
        this.state = state;
        this.fence = fence;
        this.undo = undo;
        this.result = result;
        this.reason = reason;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
        this.owner = owner;
        this.leasedUntil = leasedUntil;
    }

    /** Identity of the effect. */
    public String key() {
        return key;
    }

    /** Place in the order in which effects were planned. */
    public long seq() {
        return seq;
    }

    /** What it belongs to. */
    public String businessKey() {
        return businessKey;
    }

    /** The attempt of the whole. */
    public String run() {
        return run;
    }

    /** The step of that run. */
    public String step() {
        return step;
    }

    /** What it changes. */
    public String target() {
        return target;
    }

    /** Where it stands. */
    public EffectState state() {
        return state;
    }

    /** Number under which it was last sent, or under which older senders were last barred; 0 before that. */
    public long fence() {
        return fence;
    }

    /** What is needed to take it back, as JSON; empty when nothing needs to be taken back. */
    public Optional<String> undo() {
        return Optional.ofNullable(undo);
    }

    /** What a probe saw when it was done. */
    public Optional<String> result() {
        return Optional.ofNullable(result);
    }

    /** Why it failed or is in doubt. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** When it was last begun, forward or back. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** When its outcome was last known. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    String requestHash() {
        return requestHash;
    }

    /** Whether somebody else still has time to finish it. */
    boolean heldByOther(String me, Instant now) {
        return owner != null && !owner.equals(me) && leasedUntil != null && leasedUntil.isAfter(now);
    }

    /** Whether somebody else began it and has not ended it. */
    boolean leftByOther(String me) {
        return owner != null && !owner.equals(me);
    }

    /** Whether it is this one that is at it, and nobody else was meanwhile. */
    boolean heldBy(String me) {
        return me.equals(owner);
    }

    @Override
    public String toString() {
        return key + " " + state + " fence " + fence;
    }
}
