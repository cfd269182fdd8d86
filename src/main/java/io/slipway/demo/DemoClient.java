package io.slipway.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that uses the sample service all the time: the list of products, one product, the version, one request after the other
 * over kept connections. Anything but an answer with status 200 and a well-formed body within five seconds counts as a failure.
 *
 * <p>A client runs once, from {@link #start()} to {@link #stop()} or to the end of its time. As every browser does, the JDK's client
 * sends a GET again when the server closed a kept connection before the first byte of the answer; that is no failure.
 */
public final class DemoClient implements AutoCloseable {

    /** How many seconds of traffic are kept. */
    public static final int SECONDS_KEPT = 3_600;

    /** How many failures are kept with their reasons. */
    public static final int FAILURES_KEPT = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern PRODUCT_ID = Pattern.compile("[A-Za-z0-9-]{1,40}");

    private final String base;
    private final Duration pause;
    private final Duration limit;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "demo-client");

    /** Used by the client's thread alone. */
    private List<String> productIds = List.of();

    private int turn;

    private long requests;
    private long failures;
    private final Map<String, Long> versions = new LinkedHashMap<>();
    private final Deque<DemoTraffic.Second> seconds = new ArrayDeque<>();
    private final Deque<DemoTraffic.Failure> lastFailures = new ArrayDeque<>();

    /**
     * Makes a client that does not run yet.
     *
     * @param base where the service is, such as {@code http://127.0.0.1:8081}; a path in it is kept
     * @param pause time between the end of one request and the beginning of the next, at least a millisecond
     * @param limit after this time the client stops by itself
     * @param clock tells when something happened
     */
    public DemoClient(URI base, Duration pause, Duration limit, Clock clock) {
        if (!"http".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException("The demo's client needs an http address, not \"" + base + "\".");
        }
        if (pause.toMillis() < 1 || limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("The demo's client needs a pause and a limit above zero.");
        }
        String address = base.toString();
        this.base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.pause = pause;
        this.limit = limit;
        this.clock = clock;
        thread.setDaemon(true);
    }

    /**
     * Begins to send requests.
     *
     * @throws IllegalStateException if the client was started or stopped before
     */
    public synchronized void start() {
        if (thread.getState() != Thread.State.NEW || stopped.getCount() == 0) {
            throw new IllegalStateException("The demo's client runs only once.");
        }
        thread.start();
    }

    /** Whether requests are being sent. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /**
     * Sends no further request, and waits for the one in flight.
     *
     * @return everything that was seen
     */
    public DemoTraffic stop() {
        stopped.countDown();
        try {
            thread.join(PATIENCE.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return traffic();
    }

    /** What was seen until now. */
    public synchronized DemoTraffic traffic() {
        return new DemoTraffic(requests, failures, versions, List.copyOf(seconds), List.copyOf(lastFailures));
    }

    /** Stops. */
    @Override
    public void close() {
        stop();
    }

    private void run() {
        long begin = System.nanoTime();
        try {
            do {
                request();
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)
                    && System.nanoTime() - begin < limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void request() throws InterruptedException {
        turn++;
        if (turn % 3 == 0) {
            send("/version", DemoClient::versionIn);
        } else if (turn % 3 == 1 || productIds.isEmpty()) {
            send("/products", this::rememberProducts);
        } else {
            String id = productIds.get(turn / 3 % productIds.size());
            send("/products/" + id, body -> requireProduct(id, body));
        }
    }

    /** Reads a body; returns the version if the body tells it. */
    private interface Reader {
        @Nullable String read(JsonNode body) throws MalformedBody;
    }

    private static final class MalformedBody extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedBody(String reason) {
            super(reason);
        }
    }

    private void send(String path, Reader reader) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).build();
        CompletableFuture<HttpResponse<String>> sent = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            HttpResponse<String> answer = sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                record(path, null, "status " + answer.statusCode());
            } else {
                record(path, reader.read(json.readTree(answer.body())), null);
            }
        } catch (ExecutionException e) {
            record(path, null, String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            sent.cancel(true);
            record(path, null, "no complete answer within " + PATIENCE.toSeconds() + " seconds");
        } catch (MalformedBody | JsonProcessingException e) {
            record(path, null, "malformed body: " + e.getMessage());
        }
    }

    private @Nullable String rememberProducts(JsonNode body) throws MalformedBody {
        List<String> ids = new ArrayList<>();
        for (JsonNode product : body) {
            String id = product.path("id").asText();
            if (!PRODUCT_ID.matcher(id).matches()) {
                throw new MalformedBody("a product without id");
            }
            ids.add(id);
        }
        if (!body.isArray() || ids.isEmpty()) {
            throw new MalformedBody("no list of products");
        }
        productIds = ids;
        return null;
    }

    private static @Nullable String requireProduct(String id, JsonNode body) throws MalformedBody {
        if (!body.path("id").asText().equals(id)) {
            throw new MalformedBody("not product " + id);
        }
        return null;
    }

    private static String versionIn(JsonNode body) throws MalformedBody {
        String version = body.path("version").asText();
        if (version.isBlank()) {
            throw new MalformedBody("no version");
        }
        return version;
    }

    private synchronized void record(String path, @Nullable String version, @Nullable String failure) {
        Instant now = clock.instant();
        requests++;
        if (version != null) {
            versions.merge(version, 1L, Long::sum);
        }
        if (failure != null) {
            failures++;
            lastFailures.addLast(new DemoTraffic.Failure(now, path, failure));
            if (lastFailures.size() > FAILURES_KEPT) {
                lastFailures.removeFirst();
            }
        }
        count(now.truncatedTo(ChronoUnit.SECONDS), version, failure != null);
    }

    private void count(Instant at, @Nullable String version, boolean failed) {
        DemoTraffic.Second last = seconds.peekLast();
        DemoTraffic.Second second = last != null && last.at().equals(at)
                ? seconds.removeLast()
                : new DemoTraffic.Second(at, 0, 0, List.of());
        List<String> told = new ArrayList<>(second.versions());
        if (version != null && !told.contains(version)) {
            told.add(version);
        }
        seconds.addLast(new DemoTraffic.Second(at, second.requests() + 1, second.failures() + (failed ? 1 : 0), told));
        if (seconds.size() > SECONDS_KEPT) {
            seconds.removeFirst();
        }
    }
}
