package io.slipway.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.Effects.Change;
import io.slipway.agent.Journal.Operation;
import io.slipway.agent.Refusal.Kind;
import io.slipway.agent.Services.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which service each route leads to, on the disk and in the proxy. */
final class Routes implements Services.Traffic {

    /**
     * A route on the disk; one that was removed stays without a service, to complete the journal after a crash.
     *
     * @param also further instances that get requests in turn; null where there is one
     * @param previousAlso further instances that it led to before
     */
    record Stored(
            String route,
            @Nullable String serviceId,
            @Nullable List<String> also,
            @Nullable String previous,
            @Nullable List<String> previousAlso,
            Change cause,
            Instant since) {

        List<String> members() {
            return Routes.members(serviceId, also);
        }

        List<String> membersBefore() {
            return Routes.members(previous, previousAlso);
        }
    }

    private static List<String> members(@Nullable String first, @Nullable List<String> also) {
        List<String> members = new ArrayList<>();
        if (first != null) {
            members.add(first);
            if (also != null) {
                members.addAll(also);
            }
        }
        return members;
    }

    /**
     * A route as it is answered.
     *
     * @param also further instances behind it
     * @param previous the service it led to before the last switch
     */
    record View(
            String route,
            @Nullable String serviceId,
            List<String> also,
            @Nullable String version,
            @Nullable String digest,
            @Nullable String previous,
            @Nullable String previousVersion,
            Instant since) {}

    private final Home home;
    private final DurableFiles files;
    private final Effects effects;
    private final Services services;
    private final TrafficProxy proxy;
    private final Map<String, Stored> routes = new ConcurrentHashMap<>();

    Routes(Home home, DurableFiles files, Effects effects, Services services, TrafficProxy proxy) throws IOException {
        this.home = home;
        this.files = files;
        this.effects = effects;
        this.services = services;
        this.proxy = proxy;
        for (Path file : storedFiles()) {
            Stored route = DurableFiles.readJson(file, Stored.class)
                    .orElseThrow(() -> new IOException(file + " vanished while it was read"));
            routes.put(route.route(), route);
        }
    }

    /** The scope that the fence of a route guards. */
    static String scope(String route) {
        return "routes/" + route;
    }

    /** All services that a route leads to, or would lead back to. */
    Set<String> needed() {
        Set<String> needed = new HashSet<>();
        for (Stored route : routes.values()) {
            if (route.serviceId() != null) {
                needed.addAll(route.members());
                needed.addAll(route.membersBefore());
            }
        }
        return needed;
    }

    /** Points the proxy at the services as they are after {@link Services#recover} and completes the journal. */
    void recover() throws IOException {
        for (Stored route : routes.values()) {
            point(route);
            effects.complete(route.cause(), Json.MAPPER.valueToTree(view(route)));
        }
    }

    JsonNode switchTo(String route, String serviceId, List<String> also, String key, long fence) throws IOException {
        Change change = new Change(
                key,
                fence,
                scope(route),
                Operation.SWITCH_ROUTE,
                route,
                Json.digest(
                        also.isEmpty()
                                ? Map.of("serviceId", serviceId)
                                : Map.of("serviceId", serviceId, "also", also)));
        return effects.apply(change, () -> switchTo(route, serviceId, also, change));
    }

    private synchronized JsonNode switchTo(String route, String serviceId, List<String> also, Change change)
            throws IOException {
        for (String member : members(serviceId, also)) {
            State state = services.state(member);
            if (state != State.RUNNING) {
                throw new Refusal(
                        Kind.CONFLICT,
                        "Service " + member + " is " + state + "; traffic goes to running services only");
            }
        }
        Stored present = routes.get(route);
        String previous = present == null ? null : present.serviceId();
        List<String> previousAlso = present == null ? null : present.also();
        if (present != null && members(serviceId, also).equals(present.members())) {
            previous = present.previous();
            previousAlso = present.previousAlso();
        }
        return store(new Stored(
                route, serviceId, also.isEmpty() ? null : also, previous, previousAlso, change, Instant.now()));
    }

    JsonNode remove(String route, String key, long fence) throws IOException {
        Change change = new Change(
                key, fence, scope(route), Operation.REMOVE_ROUTE, route, Json.digest(Map.of("route", route)));
        return effects.apply(change, () -> remove(route, change));
    }

    private synchronized JsonNode remove(String route, Change change) throws IOException {
        Stored present = routes.get(route);
        return store(new Stored(
                route,
                null,
                null,
                present == null ? null : present.serviceId(),
                present == null ? null : present.also(),
                change,
                Instant.now()));
    }

    private JsonNode store(Stored route) throws IOException {
        files.writeJson(home.routes().resolve(route.route()).resolve("route.json"), route);
        routes.put(route.route(), route);
        point(route);
        return Json.MAPPER.valueToTree(view(route));
    }

    private void point(Stored route) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        route.members().forEach(member -> services.port(member).ifPresent(port -> ports.put(member, port)));
        if (ports.isEmpty()) {
            proxy.remove(route.route());
        } else {
            proxy.point(route.route(), ports);
        }
    }

    /** The route when it leads somewhere. */
    Optional<View> find(String route) throws IOException {
        Stored stored = routes.get(route);
        return stored == null || stored.serviceId() == null ? Optional.empty() : Optional.of(view(stored));
    }

    /**
     * What went through a route, with the version of each service.
     *
     * @param bucket the counts of one service in one span of time
     * @param version null when the service is not known any more
     */
    record Passed(TrafficCounts.Bucket bucket, @Nullable String version) {}

    /** What went through a route, by service and span of time, the oldest first. */
    List<Passed> traffic(String route, Instant from, Instant to) throws IOException {
        Map<String, Optional<String>> versions = new HashMap<>();
        List<Passed> traffic = new ArrayList<>();
        for (TrafficCounts.Bucket bucket : proxy.counts().of(route, from, to)) {
            if (!versions.containsKey(bucket.serviceId())) {
                versions.put(bucket.serviceId(), service(bucket.serviceId()).map(Services.View::version));
            }
            traffic.add(new Passed(
                    bucket,
                    versions.getOrDefault(bucket.serviceId(), Optional.empty()).orElse(null)));
        }
        return traffic;
    }

    private View view(Stored route) throws IOException {
        Optional<Services.View> service = service(route.serviceId());
        return new View(
                route.route(),
                route.serviceId(),
                route.also() == null ? List.of() : route.also(),
                service.map(Services.View::version).orElse(null),
                service.map(Services.View::digest).orElse(null),
                route.previous(),
                service(route.previous()).map(Services.View::version).orElse(null),
                route.since());
    }

    private Optional<Services.View> service(@Nullable String id) throws IOException {
        return id == null ? Optional.empty() : services.find(id);
    }

    @Override
    public synchronized void whileNotServing(String serviceId, Services.IoAction action) throws IOException {
        for (Stored route : routes.values()) {
            if (route.members().contains(serviceId)) {
                throw new Refusal(
                        Kind.CONFLICT,
                        "Route " + route.route() + " leads to service " + serviceId + "; switch or remove it first");
            }
        }
        action.run();
    }

    @Override
    public void drain(String serviceId, Duration patience) {
        proxy.drain(serviceId, patience);
    }

    /** After a service was started again, perhaps on another port. */
    synchronized void restarted(String serviceId) {
        for (Stored route : routes.values()) {
            if (route.members().contains(serviceId)) {
                point(route);
            }
        }
    }

    private List<Path> storedFiles() throws IOException {
        if (!Files.isDirectory(home.routes())) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(home.routes(), 3)) {
            return tree.filter(file -> file.endsWith("route.json")).sorted().toList();
        }
    }
}
