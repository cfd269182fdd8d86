package io.slipway.agent;

import io.undertow.predicate.Predicate;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Leads {@code /<environment>/<system>/…} to the service that the route points at, the prefix left out.
 *
 * <p>A switch changes one reference: requests under way end on the old service, the next ones go to the new one. A request
 * counts as under way from before its service is looked up for the last time, so that a drained service gets none any more.
 */
final class TrafficProxy implements HttpHandler {

    private static final HttpString FORWARDED_PREFIX = new HttpString("X-Forwarded-Prefix");
    private static final HttpString SYNTHETIC = new HttpString("X-Slipway-Synthetic");
    private static final int MAXIMUM_REQUEST_MILLIS = 60_000;

    private final TrafficCounts counts = new TrafficCounts();
    private final Map<String, Pool> routes = new ConcurrentHashMap<>();
    private final Map<String, Upstream> upstreams = new ConcurrentHashMap<>();

    /** Leads a route to services, by their ports; requests go to one after the other. */
    void point(String route, Map<String, Integer> ports) {
        List<Upstream> behind = new ArrayList<>();
        ports.forEach((serviceId, port) -> behind.add(upstreams.compute(
                serviceId,
                (id, present) -> present != null && present.port == port ? present : new Upstream(serviceId, port))));
        routes.put(route, new Pool(List.copyOf(behind)));
    }

    void remove(String route) {
        routes.remove(route);
    }

    /** Waits until no request is under way to a service that no route leads to any more, at most for the given time. */
    void drain(String serviceId, Duration patience) {
        Upstream upstream = upstreams.remove(serviceId);
        if (upstream != null) {
            Processes.await(() -> upstream.underWay.get() == 0, patience);
            upstream.client.closeCurrentConnections();
        }
    }

    /** What has gone through. */
    TrafficCounts counts() {
        return counts;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        String path = path(exchange);
        String route = route(path);
        Upstream upstream = enter(route);
        if (upstream == null) {
            exchange.setStatusCode(StatusCodes.NOT_FOUND);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
            exchange.getResponseSender().send("No service is reached under this address.\n", StandardCharsets.UTF_8);
            return;
        }
        // A synthetic check is no user: it would hide or make a rate of errors where there are few users.
        boolean counted = !exchange.getRequestHeaders().contains(SYNTHETIC);
        long began = System.nanoTime();
        exchange.addExchangeCompleteListener((completed, next) -> {
            upstream.underWay.decrementAndGet();
            if (counted) {
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                counts.count(route, upstream.serviceId, completed.getStatusCode(), millis, Instant.now());
            }
            next.proceed();
        });
        String prefix = "/" + route;
        exchange.setResolvedPath(prefix);
        exchange.setRelativePath(path.substring(prefix.length()));
        exchange.getRequestHeaders().put(FORWARDED_PREFIX, prefix);
        upstream.handler.handleRequest(exchange);
    }

    private @Nullable Upstream enter(String route) {
        while (true) {
            Pool pool = routes.get(route);
            if (pool == null) {
                return null;
            }
            Upstream upstream = pool.next();
            upstream.underWay.incrementAndGet();
            if (routes.get(route) == pool) {
                return upstream;
            }
            upstream.underWay.decrementAndGet();
        }
    }

    /** The path as it was sent: names of routes need no escapes, and an escaped one would not be cut off for the service. */
    private static String path(HttpServerExchange exchange) {
        String uri = exchange.getRequestURI();
        if (exchange.isHostIncludedInRequestURI()) {
            int authority = uri.indexOf("//");
            int path = authority < 0 ? -1 : uri.indexOf('/', authority + 2);
            return path < 0 ? "/" : uri.substring(path);
        }
        return uri;
    }

    private static String route(String path) {
        int system = path.indexOf('/', 1);
        if (system < 0) {
            return "";
        }
        int end = path.indexOf('/', system + 1);
        return path.substring(1, end < 0 ? path.length() : end);
    }

    /** The services behind a route, asked in turn. */
    private static final class Pool {

        private final List<Upstream> behind;
        private final AtomicInteger turn = new AtomicInteger();

        Pool(List<Upstream> behind) {
            this.behind = behind;
        }

        Upstream next() {
            return behind.get(Math.floorMod(turn.getAndIncrement(), behind.size()));
        }
    }

    private static final class Upstream {

        private static final Predicate REPEATABLE =
                exchange -> exchange.getRequestMethod().equals(Methods.GET)
                        || exchange.getRequestMethod().equals(Methods.HEAD);

        private final String serviceId;
        private final int port;
        private final AtomicInteger underWay = new AtomicInteger();
        private final LoadBalancingProxyClient client;
        private final ProxyHandler handler;

        Upstream(String serviceId, int port) {
            this.serviceId = serviceId;
            this.port = port;
            // Idle connections are given up long before a service would close them under our hands.
            client = new LoadBalancingProxyClient()
                    .addHost(URI.create("http://127.0.0.1:" + port + "/"))
                    .setConnectionsPerThread(64)
                    .setMaxQueueSize(1_000)
                    .setProblemServerRetry(1)
                    .setTtl(2_000);
            handler = ProxyHandler.builder()
                    .setProxyClient(client)
                    .setMaxRequestTime(MAXIMUM_REQUEST_MILLIS)
                    .setMaxConnectionRetries(2)
                    .setIdempotentRequestPredicate(REPEATABLE)
                    .build();
        }
    }
}
