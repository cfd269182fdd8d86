package io.slipway.packaging.builds;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.ci.BuildRefused;
import io.slipway.integration.ci.BuildSystem;
import io.slipway.integration.sources.Sources;
import io.slipway.integration.sources.SourcesRefused;
import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageObstacle;
import io.slipway.packaging.Packages;
import io.slipway.packaging.Rows;
import io.slipway.packaging.process.RebuildPackageProcess;
import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Builds the package of a release anew, twice and independently, and compares file by file. */
@Service
public class Rebuilds implements PackageObstacle {

    private static final int MOST_FINDINGS = 500;
    private static final long LARGEST_OUTPUT = 1L << 30;

    private final JdbcClient jdbc;
    private final BuildSystem builds;
    private final Sources sources;
    private final ArtifactStore store;
    private final Packages packages;
    private final Releases releases;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final SideProcesses processes;
    private final Clock clock;

    Rebuilds(
            JdbcClient jdbc,
            BuildSystem builds,
            Sources sources,
            ArtifactStore store,
            Packages packages,
            Releases releases,
            Permissions permissions,
            AuditTrail audit,
            @Lazy SideProcesses processes,
            Clock clock) {
        this.jdbc = jdbc;
        this.builds = builds;
        this.sources = sources;
        this.store = store;
        this.packages = packages;
        this.releases = releases;
        this.permissions = permissions;
        this.audit = audit;
        this.processes = processes;
        this.clock = clock;
    }

    /** Whether somebody said how the system of a release is built. */
    public boolean offered(Release release) {
        return builds.builds(release.system());
    }

    /**
     * Asks for two builds of a revision, which begin at once.
     *
     * @return number of the wish
     * @throws NotPermitted when the person neither develops the system nor looks after its security or quality
     * @throws Refused when nobody said how the system is built, no file was handed in, or there is no such revision
     */
    @Transactional
    public long request(Release release, String revision, String person) {
        permissions.require(release, person, Role.DEVELOPER, Role.SECURITY, Role.QA);
        if (!offered(release)) {
            throw new Refused("Nobody said how " + release.system()
                    + " is built; command and repository are named in the settings.");
        }
        int round = packages.round(release)
                .filter(present -> !packages.files(release).isEmpty())
                .orElseThrow(() -> new Refused("No file of " + release.key()
                        + " has been handed in, so there is nothing to compare a build with."));
        Sources.Commit commit;
        try {
            commit = sources.resolve(release.system(), revision);
        } catch (SourcesRefused e) {
            throw new Refused("revision", String.valueOf(e.getMessage()));
        }
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into build_request (release_id, round_number, system_key, revision, commit_id, committed_at,"
                        + " requested_by, requested_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        round,
                        release.system(),
                        revision,
                        commit.id(),
                        Rows.moment(commit.at()),
                        person,
                        Rows.moment(clock.instant()))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey()).longValue();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "packaging.requestRebuild",
                release.key(),
                Map.of(),
                Map.of("rebuild", id, "round", round, "revision", revision, "commit", commit.id())));
        processes.start(release, RebuildPackageProcess.KEY, Map.of(RebuildPackageProcess.BUILD_REQUEST_ID.name(), id));
        return id;
    }

    /**
     * Builds once in a check-out of its own and records it; a run that was recorded is not done again, and one that was cut short
     * before leaves nothing but files in the store.
     *
     * @return whether the build ended well
     */
    public boolean run(long request, int number) {
        Rebuild rebuild = get(request);
        Optional<Rebuild.Run> done =
                rebuild.runs().stream().filter(run -> run.number() == number).findFirst();
        if (done.isPresent()) {
            return done.get().succeeded();
        }
        List<Rebuild.Output> outputs = new ArrayList<>();
        BuildSystem.Build build;
        try {
            build = builds.run(
                    new BuildSystem.Order(
                            rebuild.system(), rebuild.commit(), rebuild.committedAt(), request + "/" + number),
                    (name, content) -> {
                        ArtifactStore.StoredArtifact stored = store.put(content, LARGEST_OUTPUT);
                        outputs.add(new Rebuild.Output(name, stored.size(), stored.sha256()));
                    });
        } catch (BuildRefused | SourcesRefused e) {
            // What cannot be built is a build that failed; its log says why.
            build = new BuildSystem.Build(
                    "none",
                    List.of(),
                    Map.of(),
                    "none",
                    false,
                    String.valueOf(e.getMessage()),
                    clock.instant(),
                    clock.instant());
        }
        record(request, number, build, outputs);
        return build.succeeded();
    }

    private void record(long request, int number, BuildSystem.Build build, List<Rebuild.Output> outputs) {
        try {
            byte[] log = build.log().getBytes(StandardCharsets.UTF_8);
            String digest = store.put(new ByteArrayInputStream(log), log.length).sha256();
            jdbc.sql("insert into build_record (request_id, run_number, builder, command, inputs, toolchain, succeeded,"
                            + " outputs, log_sha256, started_at, ended_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            request,
                            number,
                            Rows.cut(build.builder(), 300),
                            Canonical.json(build.command()),
                            Canonical.json(build.inputs()),
                            Rows.cut(build.toolchain(), 2000),
                            build.succeeded(),
                            Canonical.json(build.succeeded() ? outputs : List.of()),
                            digest,
                            Rows.moment(build.startedAt()),
                            Rows.moment(build.endedAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            // A worker that had lost its lease was faster; its record stays.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compares both builds with each other and with the files that were handed in; a comparison that was recorded stays. */
    @Transactional
    public Rebuild.Verdict compare(Release release, long request) {
        Rebuild rebuild = get(request);
        if (rebuild.comparison().isPresent()) {
            return rebuild.comparison().get().verdict();
        }
        if (rebuild.runs().stream().filter(Rebuild.Run::succeeded).count() < 2) {
            throw new IllegalStateException("Two builds are compared; of rebuild " + request + " not both ended well.");
        }
        Map<String, String> first = digests(rebuild.runs().get(0));
        Map<String, String> second = digests(rebuild.runs().get(1));
        Map<String, String> handedIn = new TreeMap<>();
        for (HandedInFile file : packages.files(release)) {
            if (first.containsKey(file.name()) || file.name().endsWith(".jar")) {
                handedIn.put(file.name(), file.sha256());
            }
        }
        List<String> findings = new ArrayList<>();
        boolean inside = compare("second build", first, second, findings);
        Map<String, String> counterpart = new TreeMap<>(first);
        counterpart.keySet().retainAll(handedIn.keySet());
        inside |= compare("package", counterpart, handedIn, findings);
        if (handedIn.isEmpty()) {
            findings.add("No file of the package was made by this build.");
            inside = true;
        }
        Rebuild.Verdict verdict = findings.isEmpty()
                ? Rebuild.Verdict.REPRODUCIBLE
                : inside ? Rebuild.Verdict.DIFFERS : Rebuild.Verdict.STABILISED_ONLY;
        List<String> kept = findings.size() > MOST_FINDINGS ? findings.subList(0, MOST_FINDINGS) : findings;
        jdbc.sql("insert into build_comparison (request_id, verdict, findings, compared_at) values (?, ?, ?, ?)")
                .params(request, verdict.name(), Canonical.json(kept), Rows.moment(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "packaging.compareBuilds",
                release.key(),
                Map.of(),
                Map.of("rebuild", request, "verdict", verdict.name(), "findings", findings.size())));
        return verdict;
    }

    /** Adds what differs; tells whether more than the packing does. */
    private boolean compare(String other, Map<String, String> ours, Map<String, String> theirs, List<String> findings) {
        Map<String, String> all = new TreeMap<>(theirs);
        all.putAll(ours);
        boolean inside = false;
        for (String name : all.keySet()) {
            String one = ours.get(name);
            String two = theirs.get(name);
            if (one == null || two == null) {
                findings.add(name
                        + (one == null
                                ? " of the " + other + " was not made by the build."
                                : " is missing in the " + other + "."));
                inside = true;
            } else if (!one.equals(two)) {
                List<String> within = within(name, one, two);
                if (within == null) {
                    findings.add(name + " has other bytes in the " + other + ".");
                    inside = true;
                } else if (within.isEmpty()) {
                    findings.add(name + " is packed differently in the " + other + "; all files inside are the same.");
                } else {
                    within.forEach(finding -> findings.add("Build and " + other + ": " + finding));
                    inside = true;
                }
            }
        }
        return inside;
    }

    /** What differs inside two archives; null when they are none that can be read. */
    private @Nullable List<String> within(String name, String one, String two) {
        if (!name.endsWith(".jar") && !name.endsWith(".zip") && !name.endsWith(".war")) {
            return null;
        }
        try (InputStream first = store.open(one);
                InputStream second = store.open(two)) {
            return Archives.differences(name, Archives.digests(first), Archives.digests(second));
        } catch (Archives.ArchiveRefused e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A person decides about differences.
     *
     * @throws NotPermitted when the person does not look after security, asked for the rebuild, or is an author of the release
     * @throws Refused when there is nothing to review, or no reason is given
     */
    @Transactional
    public void review(Release release, long request, boolean accepted, String reason, String person) {
        permissions.require(release, person, Role.SECURITY);
        Rebuild rebuild = get(request);
        if (rebuild.comparison()
                .filter(found -> found.verdict() != Rebuild.Verdict.REPRODUCIBLE)
                .isEmpty()) {
            throw new Refused("There are no differences to review.");
        }
        if (rebuild.requestedBy().equals(person)
                || releases.involved(release.id(), Part.AUTHOR).contains(person)) {
            throw new NotPermitted("Differences of a build are reviewed by somebody who neither asked for the rebuild"
                    + " nor wrote a part of the release.");
        }
        if (reason.isBlank() || reason.length() > 2000) {
            throw new Refused("reviewReason", "Please say in 1 to 2000 characters what explains the differences.");
        }
        jdbc.sql(
                        "insert into build_review (request_id, accepted, reason, person_id, reviewed_at) values (?, ?, ?, ?, ?)")
                .params(request, accepted, reason, person, Rows.moment(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "packaging.reviewRebuild",
                release.key(),
                Map.of(),
                Map.of("rebuild", request, "accepted", accepted, "reason", reason)));
    }

    /** Speaks against a package whose latest rebuild of the present round showed differences that nobody accepted. */
    @Override
    public List<String> obstacles(Release release) {
        return packages.round(release)
                .flatMap(round -> of(release).stream()
                        .filter(rebuild -> rebuild.round() == round)
                        .filter(rebuild -> rebuild.comparison().isPresent())
                        .findFirst())
                .filter(rebuild -> !rebuild.settled())
                .map(
                        rebuild -> List.of(
                                "Building " + rebuild.revision() + " again gave other bytes than the package of "
                                        + release.key() + " has (rebuild " + rebuild.id()
                                        + "); somebody for security accepts the differences, or the package is handed in anew."))
                .orElse(List.of());
    }

    /**
     * One rebuild.
     *
     * @throws NotFound when there is none with this number
     */
    public Rebuild get(long id) {
        return list("id = ?", id).stream().findFirst().orElseThrow(() -> new NotFound("rebuild", String.valueOf(id)));
    }

    /** Rebuilds of a release, newest first; at most twenty. */
    public List<Rebuild> of(Release release) {
        return list("release_id = ?", (Object) StoredIds.bytes(release));
    }

    private List<Rebuild> list(String condition, Object value) {
        List<Rebuild> bare = jdbc.sql("select * from build_request where " + condition + " order by id desc limit 20")
                .param(value)
                .query(Rebuilds::request)
                .list();
        if (bare.isEmpty()) {
            return bare;
        }
        List<Long> ids = bare.stream().map(Rebuild::id).toList();
        Map<Long, List<Rebuild.Run>> runs = new TreeMap<>();
        jdbc.sql("select * from build_record where request_id in (:ids) order by request_id, run_number")
                .param("ids", ids)
                .query((row, index) -> runs.computeIfAbsent(row.getLong("request_id"), id -> new ArrayList<>())
                        .add(run(row)))
                .list();
        Map<Long, Rebuild.Comparison> comparisons = new TreeMap<>();
        Map<Long, Rebuild.Review> reviews = new TreeMap<>();
        jdbc.sql("select c.*, r.accepted, r.reason, r.person_id, r.reviewed_at from build_comparison c"
                        + " left join build_review r on r.request_id = c.request_id where c.request_id in (:ids)")
                .param("ids", ids)
                .query((row, index) -> {
                    long id = row.getLong("request_id");
                    if (row.getString("person_id") != null) {
                        reviews.put(
                                id,
                                new Rebuild.Review(
                                        row.getBoolean("accepted"),
                                        row.getString("reason"),
                                        row.getString("person_id"),
                                        Rows.moment(row, "reviewed_at")));
                    }
                    return comparisons.put(
                            id,
                            new Rebuild.Comparison(
                                    Rebuild.Verdict.valueOf(row.getString("verdict")),
                                    texts(row.getString("findings")),
                                    Rows.moment(row, "compared_at")));
                })
                .list();
        return bare.stream()
                .map(found -> new Rebuild(
                        found.id(),
                        found.round(),
                        found.system(),
                        found.revision(),
                        found.commit(),
                        found.committedAt(),
                        found.requestedBy(),
                        found.requestedAt(),
                        runs.getOrDefault(found.id(), List.of()),
                        Optional.ofNullable(comparisons.get(found.id())),
                        Optional.ofNullable(reviews.get(found.id()))))
                .toList();
    }

    private static Rebuild request(ResultSet row, int index) throws SQLException {
        return new Rebuild(
                row.getLong("id"),
                row.getInt("round_number"),
                row.getString("system_key"),
                row.getString("revision"),
                row.getString("commit_id"),
                Rows.moment(row, "committed_at"),
                row.getString("requested_by"),
                Rows.moment(row, "requested_at"),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static Rebuild.Run run(ResultSet row) throws SQLException {
        List<Rebuild.Output> outputs = new ArrayList<>();
        for (JsonNode output : Canonical.read(row.getString("outputs"))) {
            outputs.add(new Rebuild.Output(
                    output.path("name").asText(),
                    output.path("size").asLong(),
                    output.path("sha256").asText()));
        }
        Map<String, String> inputs = new TreeMap<>();
        Canonical.read(row.getString("inputs"))
                .properties()
                .forEach(field -> inputs.put(field.getKey(), field.getValue().asText()));
        return new Rebuild.Run(
                row.getInt("run_number"),
                row.getString("builder"),
                texts(row.getString("command")),
                inputs,
                row.getString("toolchain"),
                row.getBoolean("succeeded"),
                outputs,
                row.getString("log_sha256"),
                Rows.moment(row, "started_at"),
                Rows.moment(row, "ended_at"));
    }

    private static List<String> texts(String json) {
        List<String> texts = new ArrayList<>();
        Canonical.read(json).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, String> digests(Rebuild.Run run) {
        Map<String, String> digests = new TreeMap<>();
        run.outputs().forEach(output -> digests.put(output.name(), output.sha256()));
        return digests;
    }
}
