package io.slipway.deployment;

import io.slipway.integration.targets.TargetRefused;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.ledger.Effect;
import io.slipway.platform.ledger.EffectRefused;
import io.slipway.platform.ledger.Probe;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** An effect on a target: what the port answers, in the words of the ledger. */
final class TargetEffect implements Effect {

    /** Sends it. */
    @FunctionalInterface
    interface Sending {
        void send(String key, long fence);
    }

    private final Sending sending;
    private final LongConsumer barring;
    private final Function<String, Probe> probing;
    private final Runnable recording;

    TargetEffect(Sending sending, LongConsumer barring, Function<String, Probe> probing, Runnable recording) {
        this.sending = sending;
        this.barring = barring;
        this.probing = probing;
        this.recording = recording;
    }

    @Override
    public void apply(String key, long fence) {
        try {
            sending.send(key, fence);
        } catch (TargetRefused refused) {
            if (refused.reason() == TargetRefused.Reason.STALE_FENCE) {
                // Somebody with a newer lease was there: what is true now only a probe can tell.
                throw refused;
            }
            throw new EffectRefused(String.valueOf(refused.getMessage()), refused);
        }
    }

    @Override
    public void bar(long fence) {
        barring.accept(fence);
    }

    @Override
    public Probe probe(String key) {
        return probing.apply(key);
    }

    @Override
    public void record(String evidence) {
        recording.run();
    }

    /** Evidence as JSON. */
    static String evidence(Object facts) {
        return Canonical.json(facts);
    }
}
