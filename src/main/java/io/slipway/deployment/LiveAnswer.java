package io.slipway.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.Targets;
import io.slipway.platform.http.OutboundHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.connect.ConnectorException;
import org.camunda.connect.httpclient.HttpResponse;
import org.springframework.stereotype.Component;

/** Reads back what users reach: the target tells service and digest, and the system itself, through the proxy, its version. */
@Component
class LiveAnswer {

    /** Tells the proxy that nobody used the system; a rate of errors is that of its users. */
    private static final String NO_USER = "X-Slipway-Synthetic";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Targets targets;
    private final OutboundHttp http;

    LiveAnswer(Targets targets, OutboundHttp http) {
        this.targets = targets;
        this.http = http;
    }

    /**
     * Compares what users reach with what they should reach.
     *
     * @param expected the service; empty when they should reach nothing
     */
    LiveVerdict compare(Route route, Optional<ServiceInstance> expected, DeploymentSettings.Live settings) {
        Optional<Reached> wanted = expected.map(instance ->
                new Reached(instance.serviceId(), instance.version(), instance.contentDigest(), instance.version()));
        Optional<Reached> found = Optional.empty();
        for (int asked = 0; asked < settings.attempts(); asked++) {
            if (asked > 0) {
                pause(settings);
            }
            found = targets.route(route)
                    .map(status -> new Reached(
                            status.serviceId(),
                            Optional.ofNullable(status.version()).orElse("?"),
                            Optional.ofNullable(status.digest()).orElse("?"),
                            answeredVersion(status, settings)));
            if (found.equals(wanted)) {
                break;
            }
        }
        return new LiveVerdict(found.equals(wanted), told(wanted, found), told(found, wanted));
    }

    /** What users reach, in what it differs from another; the whole where nothing does, or there is no other. */
    private static String told(Optional<Reached> reached, Optional<Reached> other) {
        return reached.map(one -> one.text(other.filter(two -> !two.equals(one))))
                .orElse("nothing");
    }

    /**
     * What lies behind a route.
     *
     * @param answered the version that the system itself tells
     */
    private record Reached(String service, String version, String digest, String answered) {

        String text(Optional<Reached> other) {
            List<String> parts = new ArrayList<>();
            if (other.filter(two -> two.service.equals(service)).isEmpty()) {
                parts.add("service " + service);
            }
            if (other.filter(two -> two.version.equals(version)).isEmpty()) {
                parts.add("version " + version);
            }
            if (other.filter(two -> two.digest.equals(digest)).isEmpty()) {
                parts.add("files with digest " + digest);
            }
            if (other.filter(two -> two.answered.equals(answered)).isEmpty()) {
                parts.add("an answer of version " + answered);
            }
            return String.join(", ", parts);
        }
    }

    private String answeredVersion(RouteStatus status, DeploymentSettings.Live settings) {
        String address = status.address() + settings.versionPath();
        try {
            HttpResponse response = http.connector()
                    .createRequest()
                    .get()
                    .url(address)
                    // A kept connection would tell of the past when the proxy was restarted meanwhile.
                    .header("Connection", "close")
                    .header(NO_USER, "true")
                    .execute();
            if (response.getStatusCode() != 200) {
                return "(HTTP status " + response.getStatusCode() + ")";
            }
            return JSON.readTree(String.valueOf(response.getResponse()))
                    .path(settings.versionField())
                    .asText("?");
        } catch (ConnectorException | JsonProcessingException e) {
            return "(no answer: " + e.getMessage() + ")";
        }
    }

    private static void pause(DeploymentSettings.Live settings) {
        try {
            Thread.sleep(settings.interval().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted between two questions", e);
        }
    }
}
