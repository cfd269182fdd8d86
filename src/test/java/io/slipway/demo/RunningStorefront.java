package io.slipway.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A built version of the sample that runs on a free port until it is closed. */
final class RunningStorefront implements AutoCloseable {

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningStorefront(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static RunningStorefront start(Path jar) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectErrorStream(true);
        command.environment().put("PORT", "0");
        Process process = command.start();
        BufferedReader output = process.inputReader();
        // The line comes when the service listens, or never if it ended.
        String line = output.readLine();
        if (line == null || !line.contains(" listens on ")) {
            process.destroyForcibly();
            throw new IOException("the service did not start: " + line);
        }
        return new RunningStorefront(process, URI.create("http://" + line.substring(line.lastIndexOf(' ') + 1)));
    }

    URI address() {
        return address;
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(address.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Asks the process to end (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
