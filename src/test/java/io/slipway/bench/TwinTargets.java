package io.slipway.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.integration.targets.AppliedEffect;
import io.slipway.integration.targets.AppliedEffect.Operation;
import io.slipway.integration.targets.ConfigurationFiles;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceCheck;
import io.slipway.integration.targets.ServiceHealth;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.StartService;
import io.slipway.integration.targets.StopService;
import io.slipway.integration.targets.SwitchTraffic;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TrafficBucket;
import io.slipway.integration.targets.TransferArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Primary;

/**
 * Simulated machines for measurements: everything succeeds at once, nothing is started, and what is asked of a route by HTTP is answered
 * by this program as the sample would answer it. What it costs to wait for real machines is so no part of what is measured.
 */
@TestComponent
@Primary
final class TwinTargets implements Targets, DisposableBean {

    private final Map<String, ServiceStatus> services = new ConcurrentHashMap<>();
    private final Map<Route, RouteStatus> routes = new ConcurrentHashMap<>();
    private final Map<String, AppliedEffect> applied = new ConcurrentHashMap<>();
    private final HttpServer users;

    TwinTargets() {
        try {
            users = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("No port is free for simulated users", e);
        }
        users.setExecutor(Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "twin");
            thread.setDaemon(true);
            return thread;
        }));
        users.createContext("/", this::answer);
        users.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 4);
        String asked = path.length < 4 ? "" : path[3];
        Optional<RouteStatus> route = path.length < 3 ? Optional.empty() : route(new Route(path[1], path[2]));
        boolean posted = exchange.getRequestMethod().equals("POST");
        String body = asked.equals("orders")
                ? "{\"id\":\"1\"}"
                : asked.endsWith("/total")
                        ? "{\"total\":\"77.35\"}"
                        : "{\"version\":\"" + route.map(RouteStatus::version).orElse("?") + "\",\"status\":\"UP\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(route.isEmpty() ? 503 : posted ? 201 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void apply(String key, long fence, Operation operation, String subject) {
        applied.put(key, new AppliedEffect(key, fence, operation, subject, Instant.now()));
    }

    @Override
    public void transfer(TransferArtifact artifact, String key, long fence) {
        apply(key, fence, Operation.STORE_ARTIFACT, artifact.sha256());
    }

    @Override
    public ServiceStatus start(StartService service, ConfigurationFiles configuration, String key, long fence) {
        apply(key, fence, Operation.START_SERVICE, service.serviceId());
        String digest = service.packageDigest().orElseThrow();
        return services.computeIfAbsent(
                service.serviceId(),
                id -> new ServiceStatus(
                        id,
                        service.target(),
                        service.system(),
                        service.version(),
                        ServiceStatus.State.RUNNING,
                        1,
                        1L,
                        digest,
                        digest,
                        true,
                        Instant.now()));
    }

    @Override
    public ServiceStatus stop(StopService service, String key, long fence) {
        apply(key, fence, Operation.STOP_SERVICE, service.serviceId());
        ServiceStatus there = services.get(service.serviceId());
        ServiceStatus stopped = new ServiceStatus(
                service.serviceId(),
                service.target(),
                there == null ? null : there.system(),
                there == null ? null : there.version(),
                there == null ? ServiceStatus.State.ABSENT : ServiceStatus.State.STOPPED,
                null,
                null,
                there == null ? null : there.digest(),
                there == null ? null : there.deployedDigest(),
                null,
                Instant.now());
        if (there != null) {
            services.put(service.serviceId(), stopped);
        }
        return stopped;
    }

    @Override
    public RouteStatus switchTraffic(SwitchTraffic traffic, String key, long fence) {
        apply(key, fence, Operation.SWITCH_ROUTE, traffic.route().toString());
        ServiceStatus to = Objects.requireNonNull(services.get(traffic.serviceId()));
        return Objects.requireNonNull(routes.compute(traffic.route(), (route, from) -> {
            if (from != null && from.serviceId().equals(to.serviceId())) {
                return from;
            }
            return new RouteStatus(
                    route,
                    addressOf(route),
                    to.serviceId(),
                    traffic.also(),
                    to.version(),
                    to.digest(),
                    from == null ? null : from.serviceId(),
                    from == null ? null : from.version(),
                    Instant.now());
        }));
    }

    @Override
    public void removeRoute(Route route, String key, long fence) {
        apply(key, fence, Operation.REMOVE_ROUTE, route.toString());
        routes.remove(route);
    }

    @Override
    public Optional<AppliedEffect> probe(String key) {
        return Optional.ofNullable(applied.get(key));
    }

    @Override
    public Optional<ServiceStatus> service(String serviceId) {
        return Optional.ofNullable(services.get(serviceId));
    }

    @Override
    public Optional<RouteStatus> route(Route route) {
        return Optional.ofNullable(routes.get(route));
    }

    @Override
    public URI addressOf(Route route) {
        return URI.create("http://127.0.0.1:" + users.getAddress().getPort() + "/" + route + "/");
    }

    @Override
    public List<TrafficBucket> traffic(Route route, Instant from, Instant to) {
        return List.of();
    }

    @Override
    public ServiceHealth check(ServiceCheck check) {
        ServiceStatus service = services.get(check.serviceId());
        if (service == null || service.state() != ServiceStatus.State.RUNNING) {
            return new ServiceHealth(false, null, null, "It does not run.", Duration.ZERO);
        }
        return new ServiceHealth(
                true,
                200,
                "{\"status\":\"UP\",\"version\":\"" + service.version() + "\"}",
                "It answered.",
                Duration.ZERO);
    }

    @Override
    public void destroy() {
        users.stop(0);
    }
}
