package io.slipway.demo.autopilot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.demo.SamplePeople;
import io.slipway.demo.SamplePeople.SamplePerson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The program that a person of the demo has at hand: it asks Slipway over its own API, in the person's name. */
@Component
@Profile("demo")
class Desk {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String JSON = "application/json";

    private final Environment environment;
    private final ObjectMapper json;
    private final HttpClient client = HttpClient.newHttpClient();

    Desk(Environment environment, ObjectMapper json) {
        this.environment = environment;
        this.json = json;
    }

    /** Reads something. */
    JsonNode get(SamplePerson who, String path) {
        return read(accepted(who, "GET", path, JSON, ""));
    }

    /** Sends something; empty when nothing is to be said. */
    JsonNode send(SamplePerson who, String method, String path, Map<String, ?> body) {
        return send(who, method, path, JSON, body.isEmpty() ? "" : written(body));
    }

    /** Sends a text of a kind of its own, such as a report. */
    JsonNode send(SamplePerson who, String method, String path, String type, String text) {
        return read(accepted(who, method, path, type, text));
    }

    /** Tries something that the person may not do, and has to be refused. */
    void isRefused(SamplePerson who, String method, String path, Map<String, ?> body) {
        HttpResponse<String> answer = answer(who, method, path, JSON, written(body));
        if (answer.statusCode() != 403) {
            throw new AutopilotStopped(who + " was to be refused " + method + " " + path + ", and the answer was "
                    + answer.statusCode() + ": " + answer.body());
        }
    }

    private HttpResponse<String> accepted(SamplePerson who, String method, String path, String type, String text) {
        HttpResponse<String> answer = answer(who, method, path, type, text);
        if (answer.statusCode() >= 400) {
            throw new AutopilotStopped(who + " sent " + method + " " + path + " and was answered " + answer.statusCode()
                    + ": " + answer.body());
        }
        return answer;
    }

    private HttpResponse<String> answer(SamplePerson who, String method, String path, String type, String text) {
        String port = environment.getRequiredProperty("local.server.port");
        String credentials = who.login() + ":" + SamplePeople.PASSWORD;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1" + path))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Accept", JSON)
                .method(
                        method,
                        text.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(text));
        if (!text.isEmpty()) {
            request.header("Content-Type", type);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AutopilotStopped(who + " got no answer to " + method + " " + path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AutopilotStopped("The autopilot was interrupted.", e);
        }
    }

    private JsonNode read(HttpResponse<String> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AutopilotStopped("An answer of Slipway is no JSON: " + answer.body(), e);
        }
    }

    private String written(Map<String, ?> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What the demo sends cannot be written", e);
        }
    }
}
