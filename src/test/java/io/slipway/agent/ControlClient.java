package io.slipway.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Speaks the control API in tests, ports and token read from the data directory each time. */
final class ControlClient {

    private final Path data;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ControlClient(Path data) {
        this.data = data;
    }

    record Answer(int status, JsonNode body) {

        String text(String field) {
            return body.path(field).asText();
        }
    }

    Answer call(String method, String path, byte @Nullable [] body) {
        try {
            return call(method, path, body, Files.readString(data.resolve("token")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Answer call(String method, String path, byte @Nullable [] body, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports().control() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = send(request.build());
        try {
            JsonNode json = Json.MAPPER.readTree(response.body());
            return new Answer(response.statusCode(), Objects.requireNonNull(json));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Home.Ports ports() {
        try {
            return new Home(data).ports().orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer put(String path, Object body) {
        return call("PUT", path, Json.bytes(body));
    }

    Answer upload(byte[] content, String sha256, String key, long fence) {
        return call("PUT", "/artifacts/" + sha256 + "?key=" + key + "&fence=" + fence + "&target=host-1", content);
    }

    /** Uploads the jar and starts it; the service is named like its key. */
    Answer start(String id, byte[] jar, String version, String key, long fence) {
        String sha256 = SampleService.sha256(jar);
        Answer uploaded = upload(jar, sha256, "upload-" + key, fence);
        if (uploaded.status() != 200) {
            throw new IllegalStateException("Upload answered " + uploaded);
        }
        return put("/services/" + id, startRequest(sha256, version, key, fence));
    }

    static Map<String, Object> startRequest(String sha256, String version, String key, long fence) {
        return Map.of(
                "key",
                key,
                "fence",
                fence,
                "target",
                "host-1",
                "system",
                "shop",
                "version",
                version,
                "artifacts",
                java.util.List.of(Map.of("name", "app.jar", "sha256", sha256)),
                "start",
                Map.of("mainJar", "app.jar", "jvmOptions", SampleService.JVM_OPTIONS),
                "environment",
                Map.of("GREETING", "hello"));
    }

    /** Starts and waits until the port answers. */
    Answer startAndAwait(String id, byte[] jar, String version, String key, long fence) {
        Answer started = start(id, jar, version, key, fence);
        if (started.status() != 200
                || !await(() -> get("/services/" + id).text("state").equals("RUNNING"))) {
            throw new IllegalStateException("The service did not come up: " + started + get("/services/" + id));
        }
        return started;
    }

    Answer switchRoute(String route, String serviceId, String key, long fence) {
        return put("/routes/" + route, Map.of("key", key, "fence", fence, "serviceId", serviceId));
    }

    HttpResponse<String> traffic(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports().proxy() + path))
                .timeout(Duration.ofSeconds(10))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static boolean await(java.util.function.BooleanSupplier condition) {
        return Processes.await(condition, Duration.ofSeconds(20));
    }
}
