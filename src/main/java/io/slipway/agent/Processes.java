package io.slipway.agent;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Operating system processes: who they are, whether they live, how to start them so that they outlive us, and loopback ports. */
final class Processes {

    /** The variables that a started process inherits; anything else it is given expressly. */
    static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME", "SystemRoot");

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");

    /**
     * One process for certain: ids are used again by the system, the pair with the start mark is not.
     *
     * @param started the system's own mark of the start: boot and clock ticks since then on Linux, otherwise the start time
     */
    record Identity(long pid, String started) {

        boolean alive() {
            return startMark(pid).filter(started::equals).isPresent();
        }
    }

    private Processes() {}

    /** Identity of a living process, or empty. A zombie, dead but not yet reaped, does not live. */
    static Optional<Identity> identify(long pid) {
        return startMark(pid).map(mark -> new Identity(pid, mark));
    }

    static Identity self() {
        return identify(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("A running process has an identity"));
    }

    private static Optional<String> startMark(long pid) {
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(Object::toString);
        }
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name in brackets may hold blanks; the fields after it begin with the state, the start is the 20th of
            // them.
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" "));
            String state = fields.get(0);
            return state.equals("Z") || state.equals("X")
                    ? Optional.empty()
                    : Optional.of(Files.readString(BOOT).strip() + ":" + fields.get(19));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether the process was started with this very argument. */
    static boolean hasArgument(long pid, String argument) {
        Path commandLine = PROC.resolve(Long.toString(pid)).resolve("cmdline");
        if (Files.isDirectory(PROC.resolve("self"))) {
            try {
                return List.of(Files.readString(commandLine, StandardCharsets.UTF_8)
                                .split("\0"))
                        .contains(argument);
            } catch (IOException gone) {
                return false;
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().commandLine())
                .filter(line -> line.contains(argument))
                .isPresent();
    }

    /** A living process that was started with all these arguments. */
    static Optional<Identity> find(List<String> arguments) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .filter(pid -> arguments.stream().allMatch(argument -> hasArgument(pid, argument)))
                    .flatMap(pid -> identify(pid).stream())
                    .findFirst();
        }
    }

    /**
     * Starts a process that does not die with us: in a session of its own where the system offers {@code setsid}, so that
     * neither our end nor Ctrl-C in the terminal reaches it, with its output in a file rather than a pipe.
     */
    static Identity startDetached(ProcessBuilder builder, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        setsid().ifPresent(program -> command.add(program.toString()));
        command.addAll(builder.command());
        builder.command(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        File nothing = new File("/dev/null");
        if (nothing.exists()) {
            builder.redirectInput(nothing);
        }
        Process process = builder.start();
        return identify(process.pid()).orElseGet(() -> new Identity(process.pid(), "ended at once"));
    }

    /** Whether detached processes get a session of their own; without it Ctrl-C in our terminal ends them too. */
    static boolean canDetach() {
        return setsid().isPresent();
    }

    private static Optional<Path> setsid() {
        return Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Asks the process to end, waits, then ends it by force; afterwards it is gone. */
    static void stop(Identity identity, Duration patience) {
        if (!identity.alive()) {
            return;
        }
        ProcessHandle.of(identity.pid()).ifPresent(ProcessHandle::destroy);
        if (await(() -> !identity.alive(), patience)) {
            return;
        }
        ProcessHandle.of(identity.pid()).ifPresent(ProcessHandle::destroyForcibly);
        if (!await(() -> !identity.alive(), Duration.ofSeconds(3))) {
            throw new IllegalStateException("Process " + identity.pid() + " does not end");
        }
    }

    static boolean await(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /**
     * A free loopback port below the range from which the system takes ports for outgoing connections: a stored port from that
     * range could be taken by any connection while its owner is down.
     */
    static int freePort() throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("No free loopback port between 20000 and 32000");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
