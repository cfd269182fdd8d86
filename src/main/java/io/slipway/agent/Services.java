package io.slipway.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.agent.Effects.Change;
import io.slipway.agent.Journal.Operation;
import io.slipway.agent.Processes.Identity;
import io.slipway.agent.Refusal.Kind;
import io.slipway.agent.ServiceRecord.Artifact;
import io.slipway.agent.ServiceRecord.Definition;
import io.slipway.agent.ServiceRecord.Phase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service processes: placed, started, adopted after a restart of the agent, and stopped. */
final class Services {

    private static final int SHOWN_BODY = 2_000;
    private static final Logger LOG = System.getLogger(Services.class.getName());
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration STOP = Duration.ofSeconds(5);

    /** What can be seen of a service. */
    enum State {
        /** The process lives, its port does not answer (yet). */
        STARTING,
        /** The process lives and its port answers. */
        RUNNING,
        /** The process ended without having been asked to. */
        DEAD,
        /** Stopped on request. */
        STOPPED,
        /** No such service. */
        ABSENT
    }

    /** What a service answered when it was asked how it is. */
    record Health(
            boolean healthy,
            @Nullable Integer status,
            @Nullable String body,
            String detail) {}

    /**
     * A service as it is answered.
     *
     * @param digest of the files that lie on the disk now
     * @param deployedDigest of the files as they were placed
     * @param configurationIntact whether the configuration is as it was placed; null when there is none
     */
    record View(
            String serviceId,
            String target,
            @Nullable String system,
            @Nullable String version,
            State state,
            @Nullable Integer port,
            @Nullable Long pid,
            @Nullable String digest,
            @Nullable String deployedDigest,
            @Nullable Boolean configurationIntact,
            Instant since) {}

    /** What the stopping of a service asks of the traffic. */
    interface Traffic {

        /** Runs the action unless a route leads to the service, in which case it is refused; no switch happens meanwhile. */
        void whileNotServing(String serviceId, IoAction action) throws IOException;

        /** Waits until no request is under way to the service any more, at most for the given time. */
        void drain(String serviceId, Duration patience);
    }

    /** A step that may fail on the disk. */
    interface IoAction {
        void run() throws IOException;
    }

    private final Home home;
    private final DurableFiles files;
    private final ArtifactStore artifacts;
    private final Unpacker unpacker;
    private final Effects effects;
    private final String instance;
    private final ConcurrentHashMap<String, ServiceRecord> records = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    Services(
            Home home,
            DurableFiles files,
            ArtifactStore artifacts,
            Unpacker unpacker,
            Effects effects,
            String instance) {
        this.home = home;
        this.files = files;
        this.artifacts = artifacts;
        this.unpacker = unpacker;
        this.effects = effects;
        this.instance = instance;
    }

    /** The scope that the fence of a target guards. */
    static String scope(String target) {
        return "targets/" + target.replace('/', '~');
    }

    /**
     * @param configuration files of configuration by name; null when those that lie there stay. They may hold secrets, so they are
     *     neither part of the definition nor of the journal.
     */
    JsonNode start(
            String id, String key, long fence, Definition definition, @Nullable Map<String, String> configuration)
            throws IOException {
        Change change = new Change(
                key, fence, scope(definition.target()), Operation.START_SERVICE, id, Json.digest(definition));
        return effects.apply(change, () -> start(id, definition, configuration, change));
    }

    private JsonNode start(String id, Definition definition, @Nullable Map<String, String> configuration, Change change)
            throws IOException {
        ServiceRecord existing = records.get(id);
        if (existing != null) {
            if (!existing.definition().target().equals(definition.target())) {
                throw new Refusal(
                        Kind.CONFLICT,
                        "Service " + id + " belongs to target "
                                + existing.definition().target());
            }
            if (isAlive(existing)) {
                if (existing.definition().equals(definition)) {
                    return answer(existing);
                }
                throw new Refusal(Kind.CONFLICT, "Service " + id + " runs with other content; stop it first");
            }
        }
        Path staged = files.scratch();
        try {
            place(definition, staged);
            Path placed = home.service(id).resolve("files");
            DurableFiles.deleteTree(placed);
            files.publish(staged, placed);
        } finally {
            DurableFiles.deleteTree(staged);
        }
        String configured = configure(id, configuration).orElse(null);
        int port = existing != null && Processes.isFree(existing.port()) ? existing.port() : newPort();
        ServiceRecord started = launch(new ServiceRecord(
                id,
                definition,
                digestOnDisk(id).orElse(""),
                configured,
                Phase.STARTING,
                port,
                null,
                change,
                Instant.now()));
        return answer(started);
    }

    /** Places the configuration, readable by the owner alone; what lies there stays when none is given. */
    private Optional<String> configure(String id, @Nullable Map<String, String> configuration) throws IOException {
        Path placed = home.service(id).resolve("config");
        if (configuration != null) {
            Path staged = files.scratch();
            try {
                DurableFiles.createPrivateDirectories(staged);
                for (Map.Entry<String, String> entry : configuration.entrySet()) {
                    Path file = staged.resolve(entry.getKey());
                    DurableFiles.createPrivateDirectories(DurableFiles.parentOf(file));
                    DurableFiles.copyBounded(
                            new ByteArrayInputStream(entry.getValue().getBytes(StandardCharsets.UTF_8)),
                            file,
                            Long.MAX_VALUE);
                }
                DurableFiles.deleteTree(placed);
                if (!configuration.isEmpty()) {
                    files.publish(staged, placed);
                }
            } finally {
                DurableFiles.deleteTree(staged);
            }
        }
        return digestBelow(placed);
    }

    private int newPort() throws IOException {
        Set<Integer> assigned = new HashSet<>();
        records.values().forEach(record -> assigned.add(record.port()));
        int port = Processes.freePort();
        while (assigned.contains(port)) {
            port = Processes.freePort();
        }
        return port;
    }

    private void place(Definition definition, Path directory) throws IOException {
        DurableFiles.createPrivateDirectories(directory);
        for (Artifact artifact : definition.artifacts()) {
            try {
                if (artifact.archive()) {
                    Path archive = files.scratch();
                    try {
                        artifacts.copyTo(artifact.sha256(), archive);
                        unpacker.unpack(archive, directory);
                    } finally {
                        Files.deleteIfExists(archive);
                    }
                } else {
                    Path file = directory.resolve(artifact.name());
                    DurableFiles.createPrivateDirectories(DurableFiles.parentOf(file));
                    artifacts.copyTo(artifact.sha256(), file);
                }
            } catch (FileAlreadyExistsException twice) {
                throw new Refusal(
                        Kind.UNSAFE_PACKAGE, "Two files of the package have the same name as " + artifact.name());
            }
        }
        if (!Files.isRegularFile(directory.resolve(definition.start().mainJar()))) {
            throw new Refusal(
                    Kind.INVALID_REQUEST,
                    "The package has no file " + definition.start().mainJar());
        }
    }

    /** Starts the process of a record in phase STARTING, which is written first: a new agent finds the process by its marks. */
    private ServiceRecord launch(ServiceRecord record) throws IOException {
        save(record);
        Definition definition = record.definition();
        List<String> command = new ArrayList<>();
        command.add(Processes.java().toString());
        command.addAll(marks(record.id()));
        command.addAll(definition.start().jvmOptions());
        command.add("-jar");
        command.add(home.service(record.id())
                .resolve("files")
                .resolve(definition.start().mainJar())
                .toString());
        command.addAll(definition.start().arguments());
        Path work = home.service(record.id()).resolve("work");
        DurableFiles.createPrivateDirectories(work);
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(Processes.INHERITED);
        environment.putAll(definition.environment());
        environment.put(
                "CONFIG_DIR", home.service(record.id()).resolve("config").toString());
        environment.put("HOST", "127.0.0.1");
        environment.put("PORT", Integer.toString(record.port()));
        Identity process =
                Processes.startDetached(builder, home.service(record.id()).resolve("output.log"));
        ServiceRecord started = record.in(Phase.STARTED, process, record.cause());
        save(started);
        LOG.log(
                Level.INFO,
                "Service {0} started as process {1} on port {2}",
                record.id(),
                Long.toString(process.pid()),
                Integer.toString(record.port()));
        return started;
    }

    private List<String> marks(String id) {
        return List.of(mark(instance), "-Dslipway.service=" + id);
    }

    JsonNode stop(String id, String target, String key, long fence, Traffic traffic) throws IOException {
        Change change = new Change(
                key, fence, scope(target), Operation.STOP_SERVICE, id, Json.digest(Map.of("target", target)));
        return effects.apply(change, () -> stop(id, target, change, traffic));
    }

    private JsonNode stop(String id, String target, Change change, Traffic traffic) throws IOException {
        ServiceRecord record = records.get(id);
        if (record == null) {
            return Json.MAPPER.valueToTree(
                    new View(id, target, null, null, State.ABSENT, null, null, null, null, null, Instant.now()));
        }
        if (!record.definition().target().equals(target)) {
            throw new Refusal(
                    Kind.CONFLICT,
                    "Service " + id + " belongs to target "
                            + record.definition().target());
        }
        if (record.phase() == Phase.STOPPED) {
            return answer(record);
        }
        ServiceRecord stopping = record.in(Phase.STOPPING, record.process(), change);
        traffic.whileNotServing(id, () -> save(stopping));
        traffic.drain(id, DRAIN);
        if (record.process() != null) {
            Processes.stop(record.process(), STOP);
        }
        ServiceRecord stopped = stopping.in(Phase.STOPPED, null, change);
        save(stopped);
        LOG.log(Level.INFO, "Service {0} stopped", id);
        return answer(stopped);
    }

    Optional<View> find(String id) throws IOException {
        ServiceRecord record = records.get(id);
        return record == null ? Optional.empty() : Optional.of(view(record));
    }

    /** What a service answers on its own machine, where alone it listens. */
    Health health(String id, String path, Duration patience) {
        ServiceRecord record = records.get(id);
        State state = state(id);
        if (record == null || (state != State.RUNNING && state != State.STARTING)) {
            return new Health(false, null, null, "Service " + id + " is " + state);
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + record.port() + path))
                    .timeout(patience)
                    .build();
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                String shown = new String(body.readNBytes(SHOWN_BODY), StandardCharsets.UTF_8);
                int status = answer.statusCode();
                return new Health(status >= 200 && status < 300, status, shown, "GET " + path + " answered " + status);
            }
        } catch (IllegalArgumentException noAddress) {
            throw new Refusal(Kind.INVALID_REQUEST, "path is no path of an address");
        } catch (IOException e) {
            return new Health(false, null, null, "GET " + path + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health(false, null, null, "GET " + path + " was interrupted");
        }
    }

    Optional<Integer> port(String id) {
        return Optional.ofNullable(records.get(id)).map(ServiceRecord::port);
    }

    State state(String id) {
        ServiceRecord record = records.get(id);
        return record == null ? State.ABSENT : state(record);
    }

    private State state(ServiceRecord record) {
        if (record.phase() == Phase.STOPPED) {
            return State.STOPPED;
        }
        if (!isAlive(record)) {
            return State.DEAD;
        }
        return Processes.isListening(record.port()) ? State.RUNNING : State.STARTING;
    }

    private static boolean isAlive(ServiceRecord record) {
        Identity process = record.process();
        return process != null && process.alive();
    }

    private JsonNode answer(ServiceRecord record) throws IOException {
        return Json.MAPPER.valueToTree(view(record));
    }

    private View view(ServiceRecord record) throws IOException {
        Identity process = record.process();
        return new View(
                record.id(),
                record.definition().target(),
                record.definition().system(),
                record.definition().version(),
                state(record),
                record.port(),
                process == null ? null : process.pid(),
                digestOnDisk(record.id()).orElse(null),
                record.digest(),
                configurationIntact(record),
                record.since());
    }

    private @Nullable Boolean configurationIntact(ServiceRecord record) throws IOException {
        String placed = record.configuration();
        return placed == null
                ? null
                : digestBelow(home.service(record.id()).resolve("config"))
                        .filter(placed::equals)
                        .isPresent();
    }

    /**
     * SHA-256 over the lines {@code <sha256>  <path>\n} of all placed files, ordered by path: what {@code sha256sum} prints for
     * them, hashed.
     */
    private Optional<String> digestOnDisk(String id) throws IOException {
        return digestBelow(home.service(id).resolve("files"));
    }

    private static Optional<String> digestBelow(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        List<Path> placed;
        try (Stream<Path> walk = Files.walk(directory)) {
            placed = walk.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> name(directory, file)))
                    .toList();
        }
        StringBuilder lines = new StringBuilder();
        for (Path file : placed) {
            try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Json.sha256())) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
                lines.append(Json.hex(in.getMessageDigest().digest()))
                        .append("  ")
                        .append(name(directory, file))
                        .append('\n');
            }
        }
        return Optional.of(Json.digest(lines.toString()));
    }

    private static String name(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private void save(ServiceRecord record) throws IOException {
        files.writeJson(home.service(record.id()).resolve("service.json"), record);
        records.put(record.id(), record);
    }

    /**
     * Takes over what an earlier agent left: living processes are adopted, half-done changes finished, and the journal completed.
     *
     * @param needed services that traffic may reach, which are started again when they ended with the machine
     */
    void recover(Set<String> needed) throws IOException {
        for (Path file : recordFiles(home)) {
            ServiceRecord record = DurableFiles.readJson(file, ServiceRecord.class)
                    .orElseThrow(() -> new IOException(file + " vanished while it was read"));
            records.put(record.id(), record);
            recover(record, needed.contains(record.id()));
        }
    }

    private void recover(ServiceRecord found, boolean needed) throws IOException {
        ServiceRecord record = found;
        if (record.phase() == Phase.STARTING || record.phase() == Phase.STARTED) {
            Optional<Identity> living = living(record);
            if (living.isPresent()) {
                record = record.in(Phase.STARTED, living.get(), record.cause());
                save(record);
                LOG.log(
                        Level.INFO,
                        "Service {0} adopted as process {1}",
                        record.id(),
                        Long.toString(living.get().pid()));
            } else if (record.phase() == Phase.STARTED && needed) {
                int port = Processes.isFree(record.port()) ? record.port() : newPort();
                record = launch(new ServiceRecord(
                        record.id(),
                        record.definition(),
                        record.digest(),
                        record.configuration(),
                        Phase.STARTING,
                        port,
                        null,
                        record.cause(),
                        Instant.now()));
            }
        } else if (record.phase() == Phase.STOPPING) {
            Identity process = record.process();
            if (process != null) {
                Processes.stop(process, Duration.ofSeconds(1));
            }
            record = record.in(Phase.STOPPED, null, record.cause());
            save(record);
        }
        if (record.phase() != Phase.STARTING) {
            effects.complete(record.cause(), answer(record));
        }
    }

    /** The process of a record when it still lives and is ours: by its identity, or by its marks when it was never noted. */
    private Optional<Identity> living(ServiceRecord record) {
        Identity noted = record.process();
        List<String> marks = marks(record.id());
        if (noted != null) {
            return noted.alive() && marks.stream().allMatch(mark -> Processes.hasArgument(noted.pid(), mark))
                    ? Optional.of(noted)
                    : Optional.empty();
        }
        return Processes.find(marks);
    }

    /** The argument by which the services of an agent are recognised among all processes. */
    static String mark(String instance) {
        return "-Dslipway.agent=" + instance;
    }

    /** Ends all service processes without forgetting them: the next agent starts those again that traffic needs. */
    static void shutDown(Home home) throws IOException {
        for (Path file : recordFiles(home)) {
            DurableFiles.readJson(file, ServiceRecord.class)
                    .map(ServiceRecord::process)
                    .ifPresent(process -> Processes.stop(process, STOP));
        }
    }

    private static List<Path> recordFiles(Home home) throws IOException {
        if (!Files.isDirectory(home.services())) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(home.services())) {
            return directories
                    .map(directory -> directory.resolve("service.json"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }
}
