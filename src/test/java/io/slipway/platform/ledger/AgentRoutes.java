package io.slipway.platform.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The smallest effects that a real agent journals: it takes routes away, under a key and a fence. */
final class AgentRoutes {

    private final Path data;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    AgentRoutes(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** Taking the route of a system away, which says before and after it sends that it is there. */
    Effect taking(String system, Runnable before, Runnable after, Runnable recorded) {
        return new Effect() {
            @Override
            public void apply(String key, long fence) {
                before.run();
                HttpResponse<String> answer =
                        send("DELETE", "/routes/staging/" + system + "?key=" + key + "&fence=" + fence);
                if (answer.statusCode() == 409 && answer.body().contains("stale-fence")) {
                    throw new EffectRefused(answer.body());
                }
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.body());
                }
                after.run();
            }

            @Override
            public void bar(long fence) {
                HttpResponse<String> answer = send("PUT", "/fences/routes/staging/" + system + "?fence=" + fence);
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.body());
                }
            }

            @Override
            public Probe probe(String key) {
                HttpResponse<String> answer = send("GET", "/effects/" + key);
                return switch (answer.statusCode()) {
                    case 200 -> Probe.desired(answer.body());
                    case 404 -> Probe.previous("nothing was applied");
                    default -> Probe.unclear(answer.body());
                };
            }

            @Override
            public void record(String evidence) {
                recorded.run();
            }
        };
    }

    /** The keys of everything that was really done, in order, with the fence of each. */
    List<String> journal() {
        try {
            return Files.readAllLines(data.resolve("journal.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String method, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(20))
                    .header("Authorization", "Bearer " + Files.readString(data.resolve("token")))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
