package io.slipway.deployment.scripts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Runs the bytes of a script in an empty directory of its own: no shell reads its arguments, it inherits nothing but a search path, and
 * it ends with its time or its silence, together with everything that it started.
 */
@Component
class ScriptRunner {

    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final int LINE = 2_000;
    private static final int READ_AHEAD = 256;
    private static final String END = "\0";

    private final ScriptSettings settings;

    ScriptRunner(ScriptSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs a script.
     *
     * @param parameters what it finds in its environment
     * @param input what it finds on its standard input
     * @param output is told every line at once
     * @return why it failed; empty when it did not
     */
    Optional<String> run(byte[] script, Map<String, String> parameters, String input, Consumer<String> output) {
        try {
            Path directory = Files.createTempDirectory("slipway-script");
            try {
                return run(directory, script, parameters, input, output);
            } finally {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A script could not be started", e);
        }
    }

    private Optional<String> run(
            Path directory, byte[] script, Map<String, String> parameters, String input, Consumer<String> output)
            throws IOException {
        Path file = directory.resolve("script");
        Files.write(file, script);
        Path work = Files.createDirectory(directory.resolve("work"));
        List<String> command = new ArrayList<>(settings.interpreter());
        command.add(file.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(parameters);
        builder.environment().put("PATH", PATH);
        Process process = builder.start();
        try {
            write(process, input);
            return followed(process, output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("Slipway was stopped while the script ran.");
        } finally {
            end(process);
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // A script need not read what it is given.
        }
    }

    private Optional<String> followed(Process process, Consumer<String> output) throws InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>(READ_AHEAD);
        Thread reader = new Thread(() -> read(process, lines), "script-output");
        reader.setDaemon(true);
        reader.start();
        long deadline = System.nanoTime() + settings.timeout().toNanos();
        int written = 0;
        while (true) {
            long left = deadline - System.nanoTime();
            String line =
                    lines.poll(Math.max(1, Math.min(left, settings.silence().toNanos())), TimeUnit.NANOSECONDS);
            if (line == null) {
                return Optional.of(
                        System.nanoTime() >= deadline
                                ? "It took longer than " + settings.timeout() + " and was ended."
                                : "It was silent for " + settings.silence() + " and was ended.");
            }
            if (line.equals(END)) {
                break;
            }
            written++;
            if (written > settings.lines()) {
                return Optional.of("It wrote more than " + settings.lines() + " lines and was ended.");
            }
            output.accept(line);
        }
        if (!process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            return Optional.of("It took longer than " + settings.timeout() + " and was ended.");
        }
        if (process.exitValue() != 0) {
            return Optional.of("It ended with status " + process.exitValue() + ".");
        }
        return written == 0
                ? Optional.of("It wrote nothing, so nobody can tell what it did; a silent script counts as failed.")
                : Optional.empty();
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read == '\n') {
                    lines.put(shown(line));
                    line.setLength(0);
                } else if (line.length() < LINE) {
                    line.append((char) read);
                }
            }
            if (line.length() > 0) {
                lines.put(shown(line));
            }
            lines.put(END);
        } catch (IOException ended) {
            if (!lines.offer(END)) {
                lines.clear();
                lines.add(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A line without characters that would steer whatever shows it. */
    private static String shown(StringBuilder line) {
        return line.toString().replaceAll("\\p{Cntrl}", " ");
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
