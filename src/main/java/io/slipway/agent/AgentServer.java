package io.slipway.agent;

import io.slipway.agent.Home.Ports;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.GracefulShutdownHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One running agent on a data directory: control API and traffic proxy, both on loopback unless another address is
 * named. Closing it leaves the service processes
 * alive; the next agent on the directory adopts them.
 */
public final class AgentServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(AgentServer.class.getName());
    static final String LOOPBACK = "127.0.0.1";
    private static final Duration PORT_PATIENCE = Duration.ofSeconds(5);

    /** Bounds on what is accepted: bytes of one artifact, entries and bytes of an unpacked archive. */
    record Limits(long artifactBytes, int archiveEntries, long archiveBytes) {

        static final Limits DEFAULT = new Limits(1L << 30, 20_000, 2L << 30);
    }

    private final Home home;
    private final FileLock lock;
    private final Journal journal;
    private final String token;
    private final Ports ports;
    private final Undertow control;
    private final Undertow proxy;
    private final GracefulShutdownHandler traffic;

    private AgentServer(
            Home home, FileLock lock, String listen, int wantedControlPort, int wantedProxyPort, Limits limits)
            throws IOException {
        this.home = home;
        this.lock = lock;
        DurableFiles files = new DurableFiles(home.scratch());
        token = home.token(files);
        String instance = home.instance(files);
        ports = choosePorts(home, wantedControlPort, wantedProxyPort);
        journal = new Journal(home.journal());
        Effects effects = new Effects(home, files, journal);
        ArtifactStore artifacts = new ArtifactStore(home.artifacts(), files, limits.artifactBytes());
        TrafficProxy trafficProxy = new TrafficProxy();
        Services services = new Services(
                home,
                files,
                artifacts,
                new Unpacker(limits.archiveEntries(), limits.archiveBytes()),
                effects,
                instance);
        Routes routes = new Routes(home, files, effects, services, trafficProxy);
        services.recover(routes.needed());
        routes.recover();

        traffic = new GracefulShutdownHandler(trafficProxy);
        proxy = Undertow.builder()
                .addHttpListener(ports.proxy(), listen)
                .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerThreads(2)
                .setHandler(traffic)
                .build();
        ControlApi api = new ControlApi(
                token,
                () -> new ControlApi.Health("UP", instance, ports.proxy()),
                artifacts,
                services,
                routes,
                effects);
        control = Undertow.builder()
                .addHttpListener(ports.control(), listen)
                .setIoThreads(1)
                .setWorkerThreads(16)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, limits.artifactBytes())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, 60_000)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, 10_000)
                // Whoever asks before sending ("Expect: 100-continue") is told to go on when the content is first read.
                .setHandler(new HttpContinueReadHandler(new BlockingHandler(api)))
                .build();
        proxy.start();
        try {
            control.start();
            files.writeJson(home.portsFile(), ports);
            files.writeJson(home.agentPid(), Processes.self());
        } catch (IOException | RuntimeException e) {
            proxy.stop();
            throw e;
        }
        LOG.log(
                Level.INFO,
                "The agent answers on http://{0}:{1}, traffic goes through http://{0}:{2}, data lies in {3}",
                listen,
                Integer.toString(ports.control()),
                Integer.toString(ports.proxy()),
                home.root());
        if (!Processes.canDetach()) {
            LOG.log(
                    Level.WARNING,
                    "There is no setsid here: services survive the agent's end, but not Ctrl-C in its terminal");
        }
    }

    /**
     * Starts an agent in this process.
     *
     * @param dataDirectory everything it remembers; made when it is missing
     * @param listen the address of both listeners
     * @param port of the control API, or 0 for the one used last, at first a free one
     * @param proxyPort of the traffic proxy, likewise
     * @throws IllegalStateException when another agent runs on the directory
     * @throws IOException when the directory cannot be read or written, or a port stays taken
     */
    public static AgentServer start(Path dataDirectory, String listen, int port, int proxyPort) throws IOException {
        return start(dataDirectory, listen, port, proxyPort, Limits.DEFAULT);
    }

    /** The same on loopback. */
    public static AgentServer start(Path dataDirectory, int port, int proxyPort) throws IOException {
        return start(dataDirectory, LOOPBACK, port, proxyPort);
    }

    static AgentServer start(Path dataDirectory, int port, int proxyPort, Limits limits) throws IOException {
        return start(dataDirectory, LOOPBACK, port, proxyPort, limits);
    }

    private static AgentServer start(Path dataDirectory, String listen, int port, int proxyPort, Limits limits)
            throws IOException {
        Home home = new Home(dataDirectory);
        FileLock lock = Home.lock(home.agentLock())
                .orElseThrow(() -> new IllegalStateException("An agent already runs on " + home.root()));
        try {
            return new AgentServer(home, lock, listen, port, proxyPort, limits);
        } catch (IOException | RuntimeException e) {
            Home.release(lock);
            throw e;
        }
    }

    private static Ports choosePorts(Home home, int control, int proxy) throws IOException {
        Optional<Ports> stored = home.ports();
        int proxyPort = proxy != 0 ? proxy : stored.map(Ports::proxy).orElse(0);
        if (proxyPort == 0) {
            proxyPort = Processes.freePort();
        }
        // Traffic knows the proxy by its port: it is waited for, never replaced.
        int awaited = proxyPort;
        if (!Processes.await(() -> Processes.isFree(awaited), PORT_PATIENCE)) {
            throw new IOException("Port " + proxyPort + " of the traffic proxy is taken by another process");
        }
        int controlPort = control != 0 ? control : stored.map(Ports::control).orElse(0);
        if (controlPort == 0 || (control == 0 && !Processes.isFree(controlPort))) {
            controlPort = Processes.freePort();
        }
        if (controlPort == proxyPort) {
            throw new IOException("Control API and traffic proxy need two ports, not " + controlPort + " for both");
        }
        return new Ports(controlPort, proxyPort);
    }

    /** The port of the control API. */
    public int port() {
        return ports.control();
    }

    /** The port of the traffic proxy. */
    public int proxyPort() {
        return ports.proxy();
    }

    /** The bearer token of the control API. */
    public String token() {
        return token;
    }

    /** Ends all service processes; the next agent on the directory starts those again that a route leads to. */
    public void shutDownServices() throws IOException {
        Services.shutDown(home);
    }

    /** Finishes requests under way, for at most three seconds, and gives the data directory free. Services live on. */
    @Override
    public void close() throws IOException {
        control.stop();
        traffic.shutdown();
        try {
            traffic.awaitShutdown(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        proxy.stop();
        journal.close();
        Home.release(lock);
    }
}
