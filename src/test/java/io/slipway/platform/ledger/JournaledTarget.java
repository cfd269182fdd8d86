package io.slipway.platform.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A target that writes down every change that it really made, refuses old fences, and can be told to fail. */
final class JournaledTarget {

    /** One change that really happened. */
    record Change(String key, long fence, String value) {}

    private final List<Change> journal = new ArrayList<>();
    private final Map<String, Change> byKey = new ConcurrentHashMap<>();
    private String value;
    private long highestFence;

    private @Nullable Supplier<? extends Throwable> before;
    private @Nullable Supplier<? extends Throwable> after;
    private boolean blind;
    private boolean deaf;
    private Runnable arriving = () -> {};

    JournaledTarget(String value) {
        this.value = value;
    }

    synchronized List<Change> journal() {
        return List.copyOf(journal);
    }

    synchronized String value() {
        return value;
    }

    /** The next request fails before anything changes. */
    void failOnceBeforeTheChange(Supplier<? extends Throwable> failure) {
        before = failure;
    }

    /** The next request fails after the change, as a lost answer does. */
    void failOnceAfterTheChange(Supplier<? extends Throwable> failure) {
        after = failure;
    }

    /** Probes see nothing from now on, or see again. */
    void blind(boolean isBlind) {
        blind = isBlind;
    }

    /** Nobody can be barred from now on, or again. */
    void deaf(boolean isDeaf) {
        deaf = isDeaf;
    }

    /** Runs for each request when it arrives, before it is looked at. */
    void whenARequestArrives(Runnable action) {
        arriving = action;
    }

    /** Setting the target to a value, seen from the value that it has before. */
    Effect set(String wanted, String previous) {
        return new Effect() {
            @Override
            public void apply(String key, long fence) {
                change(key, fence, wanted);
            }

            @Override
            public void bar(long fence) {
                if (deaf) {
                    throw new IllegalStateException("not reached");
                }
                raise(fence);
            }

            @Override
            public Probe probe(String key) {
                if (blind) {
                    throw new IllegalStateException("no answer");
                }
                String present = value();
                if (present.equals(wanted)) {
                    return Probe.desired("is " + present);
                }
                return present.equals(previous) ? Probe.previous("is " + present) : Probe.unclear("is " + present);
            }
        };
    }

    private synchronized void raise(long fence) {
        highestFence = Math.max(highestFence, fence);
    }

    private void change(String key, long fence, String wanted) {
        arriving.run();
        fail(before);
        synchronized (this) {
            before = null;
            if (fence < highestFence) {
                throw new IllegalStateException("fence " + fence + " is older than " + highestFence);
            }
            highestFence = fence;
            if (!byKey.containsKey(key)) {
                Change change = new Change(key, fence, wanted);
                byKey.put(key, change);
                journal.add(change);
                value = wanted;
            }
        }
        Supplier<? extends Throwable> failure = after;
        after = null;
        fail(failure);
    }

    private void fail(@Nullable Supplier<? extends Throwable> failure) {
        if (failure != null) {
            before = null;
            Throwable thrown = failure.get();
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }
}
