package io.slipway.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the requests that went through the proxy by route, service and second, in memory: seconds for an hour, minutes for a day.
 * A restart begins anew, which readers see as missing data.
 */
final class TrafficCounts {

    /** Upper ends of the classes of latency in milliseconds; the last class has none. */
    private static final int[] CLASSES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000};

    private static final long FINE_SECONDS = 1;
    private static final long FINE_KEPT = 3_600;
    private static final long COARSE_SECONDS = 60;
    private static final long COARSE_KEPT = 86_400;
    private static final int MOST_SERVICES = 64;

    private static final int SERVER_ERROR = 500;

    private record Key(String route, String serviceId) {}

    private final Map<Key, Counters> counters = new ConcurrentHashMap<>();

    /**
     * What went through in one span of time.
     *
     * @param start epoch second at which it begins
     * @param seconds how long it is
     * @param errors answers with a status from 500, those of the proxy itself included
     * @param millis sum of all times between request and answer
     * @param p95 upper bound of the time within which 95 of 100 were answered
     */
    record Bucket(String serviceId, long start, long seconds, long requests, long errors, long millis, long p95) {}

    /** A request was answered. */
    void count(String route, String serviceId, int status, long millis, Instant now) {
        Key key = new Key(route, serviceId);
        Counters present = counters.get(key);
        if (present == null) {
            makeRoom();
            present = counters.computeIfAbsent(key, none -> new Counters());
        }
        present.count(now.getEpochSecond(), status >= SERVER_ERROR, millis);
    }

    private void makeRoom() {
        if (counters.size() >= MOST_SERVICES) {
            counters.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.comparingLong(Counters::last)))
                    .map(Map.Entry::getKey)
                    .ifPresent(counters::remove);
        }
    }

    /** What went through a route, by service and span of time, the oldest first; spans without a request are left out. */
    List<Bucket> of(String route, Instant from, Instant to) {
        List<Bucket> buckets = new ArrayList<>();
        counters.forEach((key, of) -> {
            if (key.route().equals(route)) {
                of.read(key.serviceId(), from.getEpochSecond(), to.getEpochSecond(), buckets);
            }
        });
        buckets.sort(Comparator.comparingLong(Bucket::start).thenComparing(Bucket::serviceId));
        return buckets;
    }

    private static final class Counters {

        private final NavigableMap<Long, Slot> fine = new ConcurrentSkipListMap<>();
        private final NavigableMap<Long, Slot> coarse = new ConcurrentSkipListMap<>();
        private final AtomicLong last = new AtomicLong();

        void count(long second, boolean error, long millis) {
            last.set(second);
            slot(fine, second, FINE_SECONDS, FINE_KEPT).add(error, millis);
            slot(coarse, second, COARSE_SECONDS, COARSE_KEPT).add(error, millis);
        }

        long last() {
            return last.get();
        }

        private static Slot slot(NavigableMap<Long, Slot> slots, long second, long length, long kept) {
            long start = second - Math.floorMod(second, length);
            Slot present = slots.get(start);
            if (present != null) {
                return present;
            }
            slots.headMap(start - kept, true).clear();
            return slots.computeIfAbsent(start, none -> new Slot());
        }

        void read(String serviceId, long from, long to, List<Bucket> into) {
            // Seconds where they reach back far enough, else minutes.
            boolean recent = last.get() - from < FINE_KEPT;
            long length = recent ? FINE_SECONDS : COARSE_SECONDS;
            (recent ? fine : coarse)
                    .subMap(from - Math.floorMod(from, length), true, to, false)
                    .forEach((start, slot) -> into.add(slot.bucket(serviceId, start, length)));
        }
    }

    private static final class Slot {

        private final AtomicLong errors = new AtomicLong();
        private final AtomicLong millis = new AtomicLong();
        private final AtomicLongArray classes = new AtomicLongArray(CLASSES.length + 1);

        void add(boolean error, long took) {
            if (error) {
                errors.incrementAndGet();
            }
            millis.addAndGet(took);
            int index = 0;
            while (index < CLASSES.length && took > CLASSES[index]) {
                index++;
            }
            classes.incrementAndGet(index);
        }

        Bucket bucket(String serviceId, long start, long seconds) {
            long requests = 0;
            for (int i = 0; i < classes.length(); i++) {
                requests += classes.get(i);
            }
            long wanted = (long) Math.ceil(requests * 0.95);
            long seen = 0;
            long p95 = 0;
            for (int i = 0; i < classes.length() && seen < wanted; i++) {
                seen += classes.get(i);
                p95 = i < CLASSES.length ? CLASSES[i] : 60_000;
            }
            return new Bucket(serviceId, start, seconds, requests, errors.get(), millis.get(), p95);
        }
    }
}
