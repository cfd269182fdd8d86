package io.slipway.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.Effects.Change;
import io.slipway.agent.Journal.Operation;
import io.slipway.agent.Refusal.Kind;
import io.slipway.agent.ServiceRecord.Artifact;
import io.slipway.agent.ServiceRecord.Definition;
import io.slipway.agent.ServiceRecord.Start;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The control API: JSON over HTTP behind a bearer token; refusals and failures are problems of RFC 9457. */
final class ControlApi implements HttpHandler {

    private static final Logger LOG = System.getLogger(ControlApi.class.getName());
    private static final int MAXIMUM_JSON_BYTES = 256 * 1024;
    private static final int MAXIMUM_CONFIGURATION_BYTES = 2 * 1024 * 1024;
    private static final int MAXIMUM_ITEMS = 100;
    private static final int MAXIMUM_TEXT = 8 * 1024;
    private static final long MAXIMUM_PATIENCE = 60_000;
    private static final String HEALTH = "/health";

    /** Body of PUT /services/{id}. */
    record ServiceRequest(
            @Nullable String key,
            long fence,
            @Nullable String target,
            @Nullable String system,
            @Nullable String version,
            @Nullable List<Artifact> artifacts,
            @Nullable StartRequest start,
            @Nullable Map<String, String> environment,
            @Nullable Map<String, String> configuration) {

        @Override
        public String toString() {
            return "ServiceRequest " + key;
        }
    }

    /** How the service is started; options and arguments may be left out. */
    record StartRequest(
            @Nullable String mainJar,
            @Nullable List<String> jvmOptions,
            @Nullable List<String> arguments) {}

    /** Body of PUT /routes/{environment}/{system}. */
    record RouteRequest(
            @Nullable String key,
            long fence,
            @Nullable String serviceId,
            @Nullable List<String> also) {}

    /** Answer of GET /health, the only address without a token. */
    record Health(String status, String instance, int proxyPort) {}

    /** What an artifact is known by. */
    record ArtifactView(String sha256, long bytes) {}

    /** The highest fence seen for a target or a route. */
    record FenceView(long fence) {}

    private record Problem(String type, String title, int status, String detail) {}

    private final byte[] token;
    private final Supplier<Health> health;
    private final ArtifactStore artifacts;
    private final Services services;
    private final Routes routes;
    private final Effects effects;

    ControlApi(
            String token,
            Supplier<Health> health,
            ArtifactStore artifacts,
            Services services,
            Routes routes,
            Effects effects) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.health = health;
        this.artifacts = artifacts;
        this.services = services;
        this.routes = routes;
        this.effects = effects;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        try {
            answer(exchange, 200, "application/json", Json.bytes(handle(exchange)));
        } catch (Refusal refusal) {
            problem(exchange, refusal.kind(), refusal.detail());
        } catch (RequestTooBigException tooLarge) {
            problem(exchange, Kind.TOO_LARGE, "The content is larger than this agent accepts");
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.ERROR, exchange.getRequestMethod() + " " + exchange.getRequestPath() + " failed", failure);
            answer(
                    exchange,
                    500,
                    "application/problem+json",
                    Json.bytes(new Problem(
                            "urn:slipway:agent:failure",
                            "The agent failed",
                            500,
                            "The outcome is not known; the agent's log tells more")));
        }
    }

    private Object handle(HttpServerExchange exchange) throws IOException {
        String method = exchange.getRequestMethod().toString();
        String path = exchange.getRequestPath();
        if (path.equals("/health")) {
            allow(method, "GET");
            return health.get();
        }
        authenticate(exchange);
        String[] parts = path.split("/", 3);
        if (parts.length < 3) {
            throw new Refusal(Kind.NOT_FOUND, "There is no " + path);
        }
        return switch (parts[1]) {
            case "artifacts" -> artifact(exchange, method, Names.digest(parts[2]));
            case "services" ->
                parts[2].endsWith(HEALTH)
                        ? health(exchange, method, parts[2].substring(0, parts[2].length() - HEALTH.length()))
                        : service(exchange, method, Names.name("serviceId", parts[2]));
            case "routes" -> route(exchange, method, parts[2]);
            case "traffic" -> traffic(exchange, method, parts[2]);
            case "effects" -> effect(method, Names.key(parts[2]));
            case "fences" -> bar(exchange, method, parts[2]);
            default -> throw new Refusal(Kind.NOT_FOUND, "There is no " + path);
        };
    }

    private void authenticate(HttpServerExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
        String prefix = "Bearer ";
        if (header == null
                || !header.startsWith(prefix)
                || !MessageDigest.isEqual(header.substring(prefix.length()).getBytes(StandardCharsets.UTF_8), token)) {
            throw new Refusal(Kind.UNAUTHORIZED, "Send the token of the agent's data directory as bearer token");
        }
    }

    private Object artifact(HttpServerExchange exchange, String method, String sha256) throws IOException {
        allow(method, "GET", "HEAD", "PUT");
        if (!method.equals("PUT")) {
            long bytes = artifacts
                    .size(sha256)
                    .orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Artifact " + sha256 + " is not here"));
            return new ArtifactView(sha256, bytes);
        }
        if (exchange.getRequestContentLength() > exchange.getMaxEntitySize()) {
            throw new Refusal(Kind.TOO_LARGE, "An artifact has at most " + exchange.getMaxEntitySize() + " bytes");
        }
        Change change = new Change(
                key(exchange),
                fence(exchange),
                Services.scope(Names.target(parameter(exchange, "target"))),
                Operation.STORE_ARTIFACT,
                sha256,
                Json.digest(Map.of("target", parameter(exchange, "target"))));
        return effects.apply(change, () -> {
            long bytes = artifacts.store(sha256, exchange.getInputStream());
            return Json.MAPPER.valueToTree(new ArtifactView(sha256, bytes));
        });
    }

    private Object service(HttpServerExchange exchange, String method, String id) throws IOException {
        allow(method, "GET", "PUT", "DELETE");
        return switch (method) {
            case "PUT" -> {
                byte[] content = content(exchange, MAXIMUM_CONFIGURATION_BYTES);
                ServiceRequest request = parsed(content, ServiceRequest.class);
                if (request.configuration() == null) {
                    bounded(content, MAXIMUM_JSON_BYTES);
                }
                JsonNode answer = services.start(
                        id,
                        Names.key(request.key()),
                        Names.fence(request.fence()),
                        definition(request),
                        configuration(request));
                routes.restarted(id);
                yield answer;
            }
            case "DELETE" ->
                services.stop(id, Names.target(parameter(exchange, "target")), key(exchange), fence(exchange), routes);
            default ->
                services.find(id).orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Service " + id + " is not known"));
        };
    }

    /** Asks a service on its own machine, where alone it answers. */
    private Object health(HttpServerExchange exchange, String method, String id) throws IOException {
        allow(method, "GET");
        String path = parameter(exchange, "path");
        if (!path.startsWith("/") || path.length() > MAXIMUM_TEXT) {
            throw new Refusal(Kind.INVALID_REQUEST, "path must begin with a slash");
        }
        long patience;
        try {
            patience = Long.parseLong(parameter(exchange, "patience"));
        } catch (NumberFormatException e) {
            throw new Refusal(Kind.INVALID_REQUEST, "patience must be a number of milliseconds");
        }
        if (patience < 1 || patience > MAXIMUM_PATIENCE) {
            throw new Refusal(Kind.INVALID_REQUEST, "patience must be from 1 to " + MAXIMUM_PATIENCE + " milliseconds");
        }
        return services.health(Names.name("serviceId", id), path, Duration.ofMillis(patience));
    }

    private Object route(HttpServerExchange exchange, String method, String path) throws IOException {
        allow(method, "GET", "PUT", "DELETE");
        String route = routeName(path);
        return switch (method) {
            case "PUT" -> {
                RouteRequest request = body(exchange, RouteRequest.class);
                yield routes.switchTo(
                        route,
                        Names.name("serviceId", request.serviceId()),
                        bounded("also", request.also()).stream()
                                .map(member -> Names.name("also", member))
                                .toList(),
                        Names.key(request.key()),
                        Names.fence(request.fence()));
            }
            case "DELETE" -> routes.remove(route, key(exchange), fence(exchange));
            default ->
                routes.find(route).orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Route " + route + " leads nowhere"));
        };
    }

    private static String routeName(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length != 2) {
            throw new Refusal(Kind.INVALID_REQUEST, "A route is <environment>/<system>");
        }
        return Names.name("environment", parts[0]) + "/" + Names.name("system", parts[1]);
    }

    private Object traffic(HttpServerExchange exchange, String method, String path) throws IOException {
        allow(method, "GET");
        return routes.traffic(routeName(path), second(exchange, "from"), second(exchange, "to"));
    }

    private static Instant second(HttpServerExchange exchange, String name) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(parameter(exchange, name)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new Refusal(Kind.INVALID_REQUEST, name + " must be a number of seconds since 1970");
        }
    }

    private Object effect(String method, String key) {
        allow(method, "GET");
        return effects.find(key).orElseThrow(() -> new Refusal(Kind.NOT_FOUND, "Nothing was applied under key " + key));
    }

    private Object bar(HttpServerExchange exchange, String method, String path) throws IOException {
        allow(method, "PUT");
        String[] parts = path.split("/", 2);
        String scope =
                switch (parts[0]) {
                    case "targets" -> Services.scope(Names.target(parts.length == 2 ? parts[1] : null));
                    case "routes" -> Routes.scope(routeName(parts.length == 2 ? parts[1] : ""));
                    default -> throw new Refusal(Kind.NOT_FOUND, "There is no /fences/" + path);
                };
        return new FenceView(effects.bar(scope, fence(exchange)));
    }

    private static Definition definition(ServiceRequest request) {
        List<Artifact> files = bounded("artifacts", request.artifacts());
        if (files.isEmpty()) {
            throw new Refusal(Kind.INVALID_REQUEST, "artifacts must not be empty");
        }
        Set<String> names = new HashSet<>();
        for (Artifact file : files) {
            Names.digest(file.sha256());
            if (!names.add(Names.file(file.name()))) {
                throw new Refusal(Kind.INVALID_REQUEST, "Two artifacts have the name " + file.name());
            }
        }
        StartRequest start = request.start();
        if (start == null) {
            throw new Refusal(Kind.INVALID_REQUEST, "start is missing");
        }
        List<String> jvmOptions = texts("jvmOptions", start.jvmOptions());
        if (!jvmOptions.stream().allMatch(option -> option.startsWith("-"))) {
            throw new Refusal(Kind.INVALID_REQUEST, "jvmOptions begin with a dash");
        }
        Map<String, String> environment = new TreeMap<>();
        if (request.environment() != null) {
            if (request.environment().size() > MAXIMUM_ITEMS) {
                throw new Refusal(Kind.INVALID_REQUEST, "environment has more than " + MAXIMUM_ITEMS + " variables");
            }
            request.environment().forEach((name, value) -> {
                if (value == null || value.length() > MAXIMUM_TEXT || value.indexOf('\0') >= 0) {
                    throw new Refusal(
                            Kind.INVALID_REQUEST, "environment variable " + Names.variable(name) + " is too long");
                }
                environment.put(Names.variable(name), value);
            });
        }
        return new Definition(
                Names.target(request.target()),
                Names.name("system", request.system()),
                Names.text("version", request.version(), 100),
                List.copyOf(files),
                new Start(Names.file(start.mainJar()), jvmOptions, texts("arguments", start.arguments())),
                environment);
    }

    /** The files of configuration; null when those that lie there stay. */
    private static @Nullable Map<String, String> configuration(ServiceRequest request) {
        if (request.configuration() == null) {
            return null;
        }
        if (request.configuration().size() > MAXIMUM_ITEMS) {
            throw new Refusal(Kind.INVALID_REQUEST, "configuration has more than " + MAXIMUM_ITEMS + " files");
        }
        Map<String, String> files = new TreeMap<>();
        request.configuration().forEach((name, text) -> {
            if (text == null) {
                throw new Refusal(Kind.INVALID_REQUEST, "a file of configuration has no text");
            }
            files.put(Names.file(name), text);
        });
        return files;
    }

    private static List<String> texts(String what, @Nullable List<String> values) {
        return bounded(what, values).stream()
                .map(value -> Names.text(what, value, MAXIMUM_TEXT))
                .toList();
    }

    private static <T> List<T> bounded(String what, @Nullable List<T> values) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > MAXIMUM_ITEMS || values.stream().anyMatch(value -> value == null)) {
            throw new Refusal(
                    Kind.INVALID_REQUEST, what + " must have at most " + MAXIMUM_ITEMS + " items, none empty");
        }
        return values;
    }

    private static <T> T body(HttpServerExchange exchange, Class<T> type) throws IOException {
        return parsed(content(exchange, MAXIMUM_JSON_BYTES), type);
    }

    private static byte[] content(HttpServerExchange exchange, int maximum) throws IOException {
        byte[] content = exchange.getInputStream().readNBytes(maximum + 1);
        bounded(content, maximum);
        return content;
    }

    private static void bounded(byte[] content, int maximum) {
        if (content.length > maximum) {
            throw new Refusal(Kind.TOO_LARGE, "A request has at most " + maximum + " bytes");
        }
    }

    private static <T> T parsed(byte[] content, Class<T> type) throws IOException {
        T value;
        try {
            value = Json.MAPPER.readValue(content, type);
        } catch (JsonMappingException wrong) {
            // The parser's own message may quote a value, and values may be secret.
            String place = wrong.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."));
            throw new Refusal(
                    Kind.INVALID_REQUEST, "The request does not fit at: " + (place.isEmpty() ? "top" : place));
        } catch (JsonProcessingException unreadable) {
            throw new Refusal(Kind.INVALID_REQUEST, "The request is not JSON");
        }
        if (value == null) {
            throw new Refusal(Kind.INVALID_REQUEST, "The request is empty");
        }
        return value;
    }

    private static String key(HttpServerExchange exchange) {
        return Names.key(parameter(exchange, "key"));
    }

    private static long fence(HttpServerExchange exchange) {
        try {
            return Names.fence(Long.parseLong(parameter(exchange, "fence")));
        } catch (NumberFormatException e) {
            throw new Refusal(Kind.INVALID_REQUEST, "fence must be a number");
        }
    }

    private static String parameter(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        if (values == null || values.size() != 1) {
            throw new Refusal(Kind.INVALID_REQUEST, "Parameter " + name + " must be given once");
        }
        return values.getFirst();
    }

    private static void allow(String method, String... allowed) {
        if (!List.of(allowed).contains(method)) {
            throw new Refusal(Kind.METHOD_NOT_ALLOWED, "Offered are " + String.join(", ", allowed));
        }
    }

    private static void problem(HttpServerExchange exchange, Kind kind, String detail) {
        answer(
                exchange,
                kind.status(),
                "application/problem+json",
                Json.bytes(new Problem(kind.urn(), kind.title(), kind.status(), detail)));
    }

    private static void answer(HttpServerExchange exchange, int status, String type, byte[] content) {
        if (exchange.isResponseStarted()) {
            exchange.endExchange();
            return;
        }
        if (!exchange.isRequestComplete()) {
            // The rest of a refused upload is not read: the connection ends with the answer.
            exchange.setPersistent(false);
        }
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(ByteBuffer.wrap(content));
    }
}
