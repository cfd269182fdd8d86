package io.slipway.platform.ledger;

/** One change of the outside world, as the ledger drives it. */
public interface Effect {

    /**
     * Does it, once. The key makes a repetition harmless where the target knows keys; the fence makes the target refuse whoever
     * acts under an older one.
     *
     * @throws EffectRefused for a definite no: nothing was changed
     * @throws RuntimeException for anything else; then it may have happened, and {@link #probe} tells
     */
    void apply(String key, long fence);

    /**
     * Lets the target refuse from now on whoever acts under an older fence, and waits for what it admitted before; changes nothing
     * else. Asked before a probe that finds nothing is believed for good: what was sent earlier could otherwise still arrive. A target
     * that knows no fences has nothing to do here.
     *
     * @throws RuntimeException when the target cannot be told; then no probe is believed
     */
    default void bar(long fence) {}

    /** Looks at what is really there. An exception counts as {@link Probe.Verdict#UNCLEAR}. */
    Probe probe(String key);

    /**
     * Records what follows from it, in the transaction that says that it is there: either both are kept or neither.
     *
     * @param evidence what the probe saw
     */
    default void record(String evidence) {}
}
