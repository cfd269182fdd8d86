package io.slipway.integration.targets.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.slipway.integration.targets.AppliedEffect;
import io.slipway.integration.targets.ConfigurationFiles;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceCheck;
import io.slipway.integration.targets.ServiceHealth;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.ServiceStatus.State;
import io.slipway.integration.targets.StartService;
import io.slipway.integration.targets.StopService;
import io.slipway.integration.targets.SwitchTraffic;
import io.slipway.integration.targets.TargetOutcomeUnknown;
import io.slipway.integration.targets.TargetRefused;
import io.slipway.integration.targets.TargetRefused.Reason;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.integration.targets.TrafficBucket;
import io.slipway.integration.targets.TransferArtifact;
import io.slipway.platform.http.OutboundHttp;
import io.slipway.platform.http.OutboundHttp.Answer;
import io.slipway.platform.text.Beginning;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.http.HttpHeaders;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.util.EntityUtils;
import org.camunda.connect.httpclient.HttpRequest;
import org.jspecify.annotations.Nullable;

/** The targets behind one deployment agent. */
final class AgentTargets implements Targets {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final String PROBLEM = "urn:slipway:agent:";
    private static final int SHOWN_BODY = 2_000;

    private final OutboundHttp http;
    private final AgentTargetsSettings settings;
    private final AgentAddress address;

    AgentTargets(OutboundHttp http, AgentTargetsSettings settings) {
        this.http = http;
        this.settings = settings;
        this.address = new AgentAddress(settings.dataDir(), settings.host());
    }

    /** An exchange with the agent, wherever it is. */
    private interface Exchange {
        Answer with(AgentAddress.Reading agent) throws IOException;
    }

    @Override
    public void transfer(TransferArtifact artifact, String key, long fence) {
        String path = "/artifacts/" + segment(artifact.sha256()) + parameters(key, fence) + "&target="
                + parameter(artifact.target());
        required(exchange(agent -> upload(agent, path, artifact)));
    }

    private Answer upload(AgentAddress.Reading agent, String path, TransferArtifact artifact) throws IOException {
        try (InputStream content = open(artifact)) {
            HttpPut request = new HttpPut(agent.control() + path);
            request.setConfig(http.streaming(settings.transferTimeout()));
            request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + agent.token());
            request.setHeader(HttpHeaders.CONNECTION, "close");
            request.setEntity(new InputStreamEntity(content, artifact.bytes()));
            try (CloseableHttpResponse response = http.client().execute(request)) {
                String body = response.getEntity() == null
                        ? ""
                        : EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
                return new Answer(response.getStatusLine().getStatusCode(), body);
            }
        }
    }

    private static InputStream open(TransferArtifact artifact) {
        try {
            return artifact.content().open();
        } catch (IOException e) {
            throw new TargetUnavailable("Artifact " + artifact.sha256() + " cannot be read here", e);
        }
    }

    @Override
    public ServiceStatus start(StartService service, ConfigurationFiles configuration, String key, long fence) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("key", key);
        request.put("fence", fence);
        request.put("target", service.target());
        request.put("system", service.system());
        request.put("version", service.version());
        request.put("artifacts", service.files());
        request.put("start", service.launch());
        request.put("environment", service.environment());
        configuration.reveal().ifPresent(files -> request.put("configuration", files));
        return read(required(call("PUT", "/services/" + segment(service.serviceId()), request)), ServiceStatus.class);
    }

    @Override
    public ServiceStatus stop(StopService service, String key, long fence) {
        String path = "/services/" + segment(service.serviceId()) + parameters(key, fence) + "&target="
                + parameter(service.target());
        return read(required(call("DELETE", path, null)), ServiceStatus.class);
    }

    @Override
    public RouteStatus switchTraffic(SwitchTraffic traffic, String key, long fence) {
        Map<String, Object> request =
                new LinkedHashMap<>(Map.of("key", key, "fence", fence, "serviceId", traffic.serviceId()));
        if (!traffic.also().isEmpty()) {
            request.put("also", traffic.also());
        }
        return routeStatus(traffic.route(), required(call("PUT", path(traffic.route()), request)));
    }

    @Override
    public void removeRoute(Route route, String key, long fence) {
        required(call("DELETE", path(route) + parameters(key, fence), null));
    }

    @Override
    public void bar(String target, long fence) {
        required(call("PUT", "/fences/targets/" + segments(target) + "?fence=" + fence, null));
    }

    @Override
    public void bar(Route route, long fence) {
        required(call("PUT", "/fences" + path(route) + "?fence=" + fence, null));
    }

    @Override
    public Optional<AppliedEffect> probe(String key) {
        return found(call("GET", "/effects/" + segments(key), null)).map(body -> read(body, AppliedEffect.class));
    }

    @Override
    public Optional<ServiceStatus> service(String serviceId) {
        return found(call("GET", "/services/" + segment(serviceId), null)).map(body -> read(body, ServiceStatus.class));
    }

    @Override
    public Optional<RouteStatus> route(Route route) {
        return found(call("GET", path(route), null)).map(body -> routeStatus(route, body));
    }

    @Override
    public URI addressOf(Route route) {
        return URI.create(
                address.current().proxy() + "/" + segment(route.environment()) + "/" + segment(route.system()) + "/");
    }

    @Override
    public List<TrafficBucket> traffic(Route route, Instant from, Instant to) {
        String path = "/traffic/" + segment(route.environment()) + "/" + segment(route.system()) + "?from="
                + from.getEpochSecond() + "&to=" + to.getEpochSecond();
        return Arrays.stream(read(required(call("GET", path, null)), PassedAnswer[].class))
                .map(PassedAnswer::inOurWords)
                .toList();
    }

    private record PassedAnswer(
            BucketAnswer bucket, @Nullable String version) {

        TrafficBucket inOurWords() {
            return new TrafficBucket(
                    bucket.serviceId(),
                    version,
                    Instant.ofEpochSecond(bucket.start()),
                    Duration.ofSeconds(bucket.seconds()),
                    bucket.requests(),
                    bucket.errors(),
                    Duration.ofMillis(bucket.millis()),
                    Duration.ofMillis(bucket.p95()));
        }
    }

    private record BucketAnswer(
            String serviceId, long start, long seconds, long requests, long errors, long millis, long p95) {}

    @Override
    public ServiceHealth check(ServiceCheck check) {
        if (!settings.onThisMachine()) {
            return checkedByAgent(check);
        }
        Optional<ServiceStatus> status = service(check.serviceId());
        State state = status.map(ServiceStatus::state).orElse(State.ABSENT);
        Integer port = status.map(ServiceStatus::port).orElse(null);
        if (port == null || (state != State.RUNNING && state != State.STARTING)) {
            return new ServiceHealth(false, null, null, "Service " + check.serviceId() + " is " + state, Duration.ZERO);
        }
        Instant asked = Instant.now();
        try {
            HttpRequest request = http.connector()
                    .createRequest()
                    .method("GET")
                    .url("http://127.0.0.1:" + port + check.path())
                    .header(HttpHeaders.CONNECTION, "close")
                    .configOption(
                            "socket-timeout", Math.toIntExact(check.patience().toMillis()));
            Answer answer = http.exchange(request);
            String body = answer.body();
            return new ServiceHealth(
                    answer.successful(),
                    answer.status(),
                    Beginning.of(body, SHOWN_BODY),
                    "GET " + check.path() + " answered " + answer.status(),
                    Duration.between(asked, Instant.now()));
        } catch (IOException e) {
            return new ServiceHealth(
                    false,
                    null,
                    null,
                    "GET " + check.path() + " failed: " + e.getMessage(),
                    Duration.between(asked, Instant.now()));
        }
    }

    private ServiceHealth checkedByAgent(ServiceCheck check) {
        Instant asked = Instant.now();
        String path = "/services/" + segment(check.serviceId()) + "/health?path=" + parameter(check.path())
                + "&patience=" + check.patience().toMillis();
        HealthAnswer answer = read(required(call("GET", path, null)), HealthAnswer.class);
        return new ServiceHealth(
                answer.healthy(),
                answer.status(),
                answer.body(),
                answer.detail(),
                Duration.between(asked, Instant.now()));
    }

    private record HealthAnswer(
            boolean healthy,
            @Nullable Integer status,
            @Nullable String body,
            String detail) {}

    private Answer call(String method, String path, @Nullable Object body) {
        return exchange(agent -> {
            HttpRequest request = http.connector()
                    .createRequest()
                    .method(method)
                    .url(agent.control() + path)
                    .header(HttpHeaders.AUTHORIZATION, "Bearer " + agent.token())
                    .header(HttpHeaders.CONNECTION, "close")
                    .configOption(
                            "socket-timeout",
                            Math.toIntExact(settings.answerTimeout().toMillis()));
            if (body != null) {
                request.contentType("application/json").payload(JSON.writeValueAsString(body));
            }
            return http.exchange(request);
        });
    }

    /** Asks the agent where it was last, and where it is now when it is not there any more or its token changed. */
    private Answer exchange(Exchange exchange) {
        AgentAddress.Reading known = address.current();
        try {
            Answer answer = exchange.with(known);
            if (answer.status() != 401) {
                return answer;
            }
        } catch (IOException e) {
            if (!OutboundHttp.failedBeforeSending(e)) {
                throw unknown(e);
            }
        }
        try {
            return exchange.with(address.read());
        } catch (IOException e) {
            if (OutboundHttp.failedBeforeSending(e)) {
                throw new TargetUnavailable("The agent is not reached: " + e.getMessage(), e);
            }
            throw unknown(e);
        }
    }

    private static TargetOutcomeUnknown unknown(IOException e) {
        return new TargetOutcomeUnknown("The agent did not answer: " + e.getMessage(), e);
    }

    private static Optional<String> found(Answer answer) {
        return answer.status() == 404 && answer.body().contains(PROBLEM + "not-found")
                ? Optional.empty()
                : Optional.of(required(answer));
    }

    /** The body of a successful answer; anything else is the matching exception. */
    private static String required(Answer answer) {
        if (answer.successful()) {
            return answer.body();
        }
        if (answer.status() < 400 || answer.status() >= 500) {
            throw new TargetOutcomeUnknown("The agent answered with status " + answer.status(), null);
        }
        String type = "";
        String detail = "The agent answered with status " + answer.status();
        try {
            JsonNode problem = JSON.readTree(answer.body());
            type = problem.path("type").asText();
            detail = problem.path("detail").asText(detail);
        } catch (JsonProcessingException e) {
            // not the agent's own words; the status tells enough
        }
        if (type.equals(PROBLEM + "in-progress") || answer.status() == 408) {
            throw new TargetOutcomeUnknown(detail, null);
        }
        if (answer.status() == 429) {
            throw new TargetUnavailable(detail, null);
        }
        throw new TargetRefused(reason(type), detail);
    }

    private static Reason reason(String type) {
        String name = type.startsWith(PROBLEM)
                ? type.substring(PROBLEM.length()).toUpperCase(Locale.ROOT).replace('-', '_')
                : "";
        for (Reason reason : Reason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return Reason.INVALID_REQUEST;
    }

    private static <T> T read(String body, Class<T> type) {
        try {
            T value = JSON.readValue(body, type);
            if (value != null) {
                return value;
            }
        } catch (JsonProcessingException e) {
            throw new TargetOutcomeUnknown("The agent's answer cannot be read", e);
        }
        throw new TargetOutcomeUnknown("The agent's answer is empty", null);
    }

    private RouteStatus routeStatus(Route route, String body) {
        RouteAnswer answer = read(body, RouteAnswer.class);
        return new RouteStatus(
                route,
                addressOf(route),
                answer.serviceId(),
                answer.also() == null ? List.of() : answer.also(),
                answer.version(),
                answer.digest(),
                answer.previous(),
                answer.previousVersion(),
                answer.since());
    }

    private record RouteAnswer(
            String serviceId,
            @Nullable List<String> also,
            @Nullable String version,
            @Nullable String digest,
            @Nullable String previous,
            @Nullable String previousVersion,
            Instant since) {}

    private static String path(Route route) {
        return "/routes/" + segment(route.environment()) + "/" + segment(route.system());
    }

    private static String parameters(String key, long fence) {
        return "?key=" + parameter(key) + "&fence=" + fence;
    }

    private static String parameter(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String segments(String value) {
        return String.join(
                "/",
                Arrays.stream(value.split("/", -1)).map(AgentTargets::segment).toList());
    }

    private static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
