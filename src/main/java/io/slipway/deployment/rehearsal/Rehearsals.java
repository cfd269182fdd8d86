package io.slipway.deployment.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.platform.data.Canonical;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import io.slipway.release.StoredIds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rehearses the migrations of a sealed package on a clone of the production data; production waits for a rehearsal of exactly this
 * package that found nothing and that another person, who answers for the data, approved.
 */
@Service
public class Rehearsals {

    private static final int MOST_DATA = 5_000_000;
    private static final int MOST_MIGRATION = 1_000_000;
    private static final int MOST_MIGRATIONS = 500;
    private static final int MOST_ENTRIES = 20_000;
    private static final int REMEMBERED = 200;
    private static final String FOLDER = "db/migration/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;
    private final SealedPackages packages;
    private final ArtifactStore artifacts;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    /** Whether a package has migrations, by its digest, which stands for its content for ever. */
    private final Map<String, Boolean> migrating = new ConcurrentHashMap<>();

    Rehearsals(
            JdbcClient jdbc,
            SealedPackages packages,
            ArtifactStore artifacts,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.packages = packages;
        this.artifacts = artifacts;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A rehearsal that was done.
     *
     * @param approvedBy who answers for it; null before that
     */
    public record Done(
            long id,
            String packageDigest,
            boolean passed,
            RehearsalReport report,
            String askedBy,
            Instant at,
            @Nullable String approvedBy) {}

    /**
     * Hands in what a clone of the production data of a system is made from.
     *
     * @throws io.slipway.release.NotPermitted when the person is no database administrator
     * @throws Refused when there is nothing, or too much
     */
    @Transactional
    public void enterData(String system, String sql, String person) {
        permissions.require(person, Role.DBA);
        landscape.system(system);
        if (sql.isBlank() || sql.length() > MOST_DATA) {
            throw new Refused("data", "Please hand in 1 to " + MOST_DATA + " characters of SQL.");
        }
        jdbc.sql("delete from migration_data where system_key = ?")
                .param(system)
                .update();
        jdbc.sql("insert into migration_data (system_key, content, entered_by, entered_at) values (?, ?, ?, ?)")
                .params(system, sql, person, Timestamp.from(clock.instant()))
                .update();
        audit.record(new AuditTrail.Entry(
                Optional.empty(), "migration.enterData", system, Map.of(), Map.of("sha256", Clone.digest(sql))));
    }

    /**
     * Rehearses the migrations of the sealed package.
     *
     * @throws io.slipway.release.NotPermitted when the person neither develops nor administers databases
     * @throws Refused when no package is sealed, it has no migrations, or there is no data to clone
     */
    @Transactional
    public Done rehearse(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.DEVELOPER, Role.DBA);
        SealedPackage sealed = packages.present(release)
                .orElseThrow(() -> new Refused("No package of " + release.key() + " is sealed yet."));
        List<Migration> migrations = migrations(sealed);
        if (migrations.isEmpty()) {
            throw new Refused("The package of " + release.key() + " has no migrations.");
        }
        String data = jdbc.sql("select content from migration_data where system_key = ?")
                .param(release.system())
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refused("There is no data of " + release.system()
                        + " to clone; a database administrator hands it in."));
        RehearsalReport report = Rehearsal.of(data, migrations);
        jdbc.sql("insert into migration_rehearsal (release_id, package_digest, passed, report, asked_by, rehearsed_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        sealed.digest(),
                        report.passed(),
                        Canonical.json(report),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "migration.rehearse",
                release.key(),
                Map.of(),
                Map.of("passed", report.passed(), "package", sealed.digest(), "findings", report.findings())));
        return last(release).orElseThrow();
    }

    /**
     * Answers for a rehearsal.
     *
     * @throws io.slipway.release.NotPermitted when the person is no database administrator
     * @throws Refused when it has not passed, is not the last one, or the person asked for it
     */
    @Transactional
    public Done approve(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.DBA);
        Done last = last(release)
                .orElseThrow(() -> new Refused("The migrations of " + release.key() + " are not rehearsed yet."));
        if (!last.passed()) {
            throw new Refused("The last rehearsal has not passed: "
                    + String.join(" ", last.report().findings()));
        }
        if (last.askedBy().equals(person)) {
            throw new Refused("Whoever asked for the rehearsal does not approve it; please leave it to a colleague.");
        }
        if (last.approvedBy() == null) {
            jdbc.sql("insert into migration_approval (rehearsal_id, approved_by, approved_at) values (?, ?, ?)")
                    .params(last.id(), person, Timestamp.from(clock.instant()))
                    .update();
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "migration.approve",
                    release.key(),
                    Map.of(),
                    Map.of("rehearsal", last.id(), "package", last.packageDigest())));
        }
        return last(release).orElseThrow();
    }

    /** The last rehearsal, for somebody who reads. */
    @Transactional(readOnly = true)
    public Optional<Done> last(Release release, String person) {
        permissions.requireRead(release, person);
        return last(release);
    }

    private Optional<Done> last(Release release) {
        return jdbc.sql("select r.id, r.package_digest, r.passed, r.report, r.asked_by, r.rehearsed_at, a.approved_by"
                        + " from migration_rehearsal r left join migration_approval a on a.rehearsal_id = r.id"
                        + " where r.release_id = ? order by r.id desc limit 1")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Done(
                        row.getLong(1),
                        row.getString(2),
                        row.getBoolean(3),
                        report(row.getString(4)),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        row.getString(7)))
                .optional();
    }

    private static RehearsalReport report(String json) {
        try {
            return JSON.readerFor(RehearsalReport.class)
                    .without(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The report of a rehearsal cannot be read", e);
        }
    }

    /** Why production may not be touched; empty for a package without migrations. */
    @Transactional(readOnly = true)
    public List<String> obstacles(Release release) {
        Optional<SealedPackage> sealed = packages.present(release);
        if (sealed.isEmpty() || !hasMigrations(sealed.get())) {
            return List.of();
        }
        Optional<Done> last = last(release)
                .filter(done -> done.packageDigest().equals(sealed.get().digest()));
        if (last.isEmpty()) {
            return List.of("The migrations of " + release.key() + " are not rehearsed on a clone of the production"
                    + " data; please rehearse them.");
        }
        if (!last.get().passed()) {
            return List.of("The rehearsal of the migrations has not passed: "
                    + String.join(" ", last.get().report().findings()));
        }
        return last.get().approvedBy() == null
                ? List.of("A database administrator has to approve the rehearsal of the migrations.")
                : List.of();
    }

    private boolean hasMigrations(SealedPackage sealed) {
        Boolean known = migrating.get(sealed.digest());
        if (known == null) {
            known = !migrations(sealed).isEmpty();
            if (migrating.size() > REMEMBERED) {
                migrating.clear();
            }
            migrating.put(sealed.digest(), known);
        }
        return known;
    }

    /** The migrations among the files of a package, and in the folder {@code db/migration} of its jars. */
    private List<Migration> migrations(SealedPackage sealed) {
        Map<String, String> files = new TreeMap<>();
        for (SealedPackage.File file : sealed.files()) {
            try (InputStream content = artifacts.open(file.sha256())) {
                if (file.name().endsWith(".jar") || file.name().endsWith(".zip")) {
                    collect(content, files);
                } else if (Migration.file(file.name()).isPresent()) {
                    files.put(file.name(), text(file.name(), content));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file.name() + " cannot be read", e);
            }
        }
        return paired(files);
    }

    private static void collect(InputStream archive, Map<String, String> files) throws IOException {
        ZipInputStream entries = new ZipInputStream(archive);
        int seen = 0;
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            seen++;
            if (seen > MOST_ENTRIES) {
                throw new Refused("A jar of the package has more than " + MOST_ENTRIES + " entries.");
            }
            String name = entry.getName();
            if (name.startsWith(FOLDER)
                    && Migration.file(name.substring(FOLDER.length())).isPresent()) {
                files.put(name.substring(FOLDER.length()), text(name, entries));
            }
            if (files.size() > MOST_MIGRATIONS) {
                throw new Refused("The package has more than " + MOST_MIGRATIONS + " migrations.");
            }
        }
    }

    private static String text(String name, InputStream content) throws IOException {
        byte[] bytes = content.readNBytes(MOST_MIGRATION + 1);
        if (bytes.length > MOST_MIGRATION) {
            throw new Refused(name + " has more than " + MOST_MIGRATION + " bytes.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static List<Migration> paired(Map<String, String> files) {
        Map<List<Integer>, String> backs = new ConcurrentHashMap<>();
        files.forEach((name, sql) -> Migration.file(name)
                .filter(matcher -> matcher.group(1).equals("U"))
                .ifPresent(matcher -> backs.put(Migration.version(matcher.group(2)), sql)));
        return files.entrySet().stream()
                .flatMap(file -> Migration.file(file.getKey())
                        .filter(matcher -> matcher.group(1).equals("V"))
                        .map(matcher -> migration(file, matcher, backs))
                        .stream())
                .sorted()
                .toList();
    }

    private static Migration migration(
            Map.Entry<String, String> file, Matcher matcher, Map<List<Integer>, String> backs) {
        List<Integer> version = Migration.version(matcher.group(2));
        return new Migration(file.getKey(), version, file.getValue(), backs.get(version));
    }

    /** What was found for a release; refused where nothing was. */
    public Done required(Release release, String person) {
        return last(release, person).orElseThrow(() -> new NotFound("rehearsal", release.key()));
    }
}
