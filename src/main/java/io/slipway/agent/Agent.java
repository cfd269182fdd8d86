package io.slipway.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The command {@code slipway agent}. */
public final class Agent {

    private static final String USAGE = """
            Usage: slipway agent [--data=DIR] [--listen=ADDRESS] [--port=N] [--proxy-port=N] [--watch]
                   slipway agent --stop [--services] [--data=DIR]

              --data=DIR      what the agent remembers, and its token (default data/agent)
              --listen=ADDRESS  where both listeners answer (default 127.0.0.1); any other address for a network of its own alone,
                              because tokens and configuration pass in the clear
              --port=N        port of the control API; 0 takes the last one, at first a free one
              --proxy-port=N  port of the traffic proxy; likewise
              --watch         start the agent as a process of its own and again whenever it ends
              --stop          stop watchdog and agent; services live on
              --services      with --stop: end the services as well
            """;

    /** What the command line asks for. */
    record Options(Path data, String listen, int port, int proxyPort, boolean watch, boolean stop, boolean services) {

        static Options parse(String[] arguments) {
            Path data = Path.of("data", "agent");
            String listen = AgentServer.LOOPBACK;
            int port = 0;
            int proxyPort = 0;
            boolean watch = false;
            boolean stop = false;
            boolean services = false;
            for (String argument : arguments) {
                int equals = argument.indexOf('=');
                String name = equals < 0 ? argument : argument.substring(0, equals);
                String value = equals < 0 ? "" : argument.substring(equals + 1);
                switch (name) {
                    case "--data" -> data = Path.of(value);
                    case "--listen" -> listen = value;
                    case "--port" -> port = port(value);
                    case "--proxy-port" -> proxyPort = port(value);
                    case "--watch" -> watch = true;
                    case "--stop" -> stop = true;
                    case "--services" -> services = true;
                    default -> throw new IllegalArgumentException("Unknown option " + argument);
                }
            }
            if (data.toString().isEmpty()) {
                throw new IllegalArgumentException("--data needs a directory");
            }
            if (listen.isEmpty()) {
                throw new IllegalArgumentException("--listen needs an address");
            }
            if (services && !stop) {
                throw new IllegalArgumentException("--services goes with --stop");
            }
            if (stop && watch) {
                throw new IllegalArgumentException("--stop and --watch exclude each other");
            }
            return new Options(data, listen, port, proxyPort, watch, stop, services);
        }

        private static int port(String value) {
            try {
                int port = Integer.parseInt(value);
                if (port >= 0 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // answered below, like a number out of range
            }
            throw new IllegalArgumentException("A port is a number from 0 to 65535, not '" + value + "'");
        }
    }

    private Agent() {}

    /**
     * Runs the command until it ends.
     *
     * @param arguments what follows {@code agent} on the command line
     * @return the exit code: 0 done, 1 failed, 2 wrong usage
     */
    public static int run(String[] arguments) {
        PrintStream errors = System.err;
        try {
            Options options = Options.parse(arguments);
            if (options.stop()) {
                AgentProcess.stop(options.data(), options.services());
            } else if (options.watch()) {
                new Watchdog(options).run();
            } else {
                serve(options);
            }
            return 0;
        } catch (IllegalArgumentException wrong) {
            errors.println(wrong instanceof InvalidPathException ? "--data is not a path" : wrong.getMessage());
            errors.println(USAGE);
            return 2;
        } catch (IOException | RuntimeException failure) {
            errors.println("slipway agent: " + failure.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void serve(Options options) throws IOException, InterruptedException {
        // Undertow logs through whatever it finds; without Spring nobody would configure Logback.
        System.setProperty("org.jboss.logging.provider", "jdk");
        AgentServer server = AgentServer.start(options.data(), options.listen(), options.port(), options.proxyPort());
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                server.close();
                            } catch (IOException e) {
                                System.err.println("slipway agent: could not end cleanly: " + e.getMessage());
                            }
                        },
                        "agent-shutdown"));
        new CountDownLatch(1).await();
    }
}
