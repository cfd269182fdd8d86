package io.slipway.packaging.configuration;

import io.slipway.integration.artifacts.ArtifactCorrupt;
import io.slipway.integration.artifacts.ArtifactMissing;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.secrets.Secrets;
import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.PackageCheck;
import io.slipway.packaging.PackageObstacle;
import io.slipway.packaging.Packages;
import io.slipway.packaging.Rows;
import io.slipway.packaging.builds.Archives;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.data.ListTotal;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentConfigurations;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The configuration of a package: templates are files handed in as {@code config-….template} and what lies below {@code config/} in an
 * archive; values belong to an environment. A secret is never a value, but the name of one, {@code secret:NAME}.
 */
@Service
public class Configurations implements PackageCheck, PackageObstacle, EnvironmentConfigurations {

    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
    private static final long MOST_UNPACKED = 1L << 30;
    private static final int LARGEST_TEXT = 1_000_000;
    private static final int LONGEST_VALUE = 4_000;
    private static final int MOST_TEMPLATES = 200;
    private static final String SECRET = "secret:";
    private static final Set<String> TEXTS = Set.of(
            "properties",
            "yaml",
            "yml",
            "json",
            "xml",
            "conf",
            "cfg",
            "ini",
            "env",
            "toml",
            "txt",
            "pem",
            "key",
            "sh",
            "sql",
            "template",
            "md",
            "csv");

    private final JdbcClient jdbc;
    private final ArtifactStore store;
    private final Packages packages;
    private final Secrets secrets;
    private final Landscape landscape;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecretKeySpec scanKey = randomKey();

    Configurations(
            JdbcClient jdbc,
            ArtifactStore store,
            @Lazy Packages packages,
            Secrets secrets,
            Landscape landscape,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.packages = packages;
        this.secrets = secrets;
        this.landscape = landscape;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A value as somebody set it.
     *
     * @param content empty when the value was taken away
     */
    public record Value(
            long id,
            String system,
            String environment,
            String name,
            Optional<String> content,
            String setBy,
            Instant setAt,
            Optional<String> acceptedBy,
            Optional<Instant> acceptedAt) {

        /** Whether it waits for another person. */
        public boolean waits() {
            return acceptedAt.isEmpty();
        }
    }

    /** How a value stands in an environment. */
    public enum Standing {
        SET("Set"),
        MISSING("Missing"),
        SECRET_MISSING("Its secret is not there"),
        UNUSED("No template asks for it");

        private final String label;

        Standing(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * A line of the completeness matrix.
     *
     * @param content the value; of a secret its name
     * @param asInDevelopment whether development has the same value
     * @param changed whether the value was changed since the package was handed in
     */
    public record Line(
            String environment,
            String name,
            Standing standing,
            Optional<String> content,
            boolean asInDevelopment,
            boolean changed) {}

    /**
     * Something in a package that looks like a secret; the value itself is nowhere.
     *
     * @param rule which rule found it
     * @param code of the value, the same for the same value while the program runs
     */
    public record SecretFinding(String rule, String file, int line, String code) {}

    /**
     * Sets a value, or takes it away. In production it counts when another person accepts it.
     *
     * @param content the value, {@code secret:NAME}, or empty to take it away
     * @throws NotPermitted when the person neither develops the system nor operates
     * @throws Refused when name or value are not acceptable, or there is no such environment
     */
    @Transactional
    public Value set(String system, String environment, String name, String content, String person) {
        permissions.requireIn(system, environment, person, Role.OPERATIONS, Role.DEVELOPER);
        Environment place = place(system, environment);
        if (!Template.named(name)) {
            throw new Refused(
                    "name", "The name of a value has 1 to 100 letters A to Z, digits and . _ -, a letter first.");
        }
        if (content.length() > LONGEST_VALUE
                || content.chars().anyMatch(each -> each < ' ' && each != '\n' && each != '\t')) {
            throw new Refused("value", "A value has at most " + LONGEST_VALUE + " characters of text.");
        }
        if (!content.startsWith(SECRET)
                && !content.isEmpty()
                && (SecretScan.namesSecret(name)
                        || !SecretScan.scan(name + "=" + content).isEmpty())) {
            throw new Refused(
                    "value", "This looks like a secret; please keep it with the secrets and write secret:NAME here.");
        }
        boolean production = place.tier() == Environment.Tier.PRODUCTION;
        jdbc.sql("insert into config_value (system_key, environment_key, name, content, set_by, set_at, accepted_by,"
                        + " accepted_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        system,
                        environment,
                        name,
                        content.isEmpty() ? null : content,
                        person,
                        Rows.moment(clock.instant()),
                        production ? null : person,
                        production ? null : Rows.moment(clock.instant()))
                .update();
        record("packaging.setConfiguration", system, environment, name, production ? "PROPOSED" : "SET");
        return latest(system, environment, name).orElseThrow();
    }

    /**
     * Accepts a value of production that somebody else set.
     *
     * @throws NotPermitted when the person neither operates nor looks after security, or set it
     * @throws Refused when it does not wait
     */
    @Transactional
    public void accept(long id, String person) {
        Optional<Value> found = find(id);
        if (found.isEmpty()) {
            permissions.require(person, Role.OPERATIONS, Role.SECURITY);
        }
        found.ifPresent(known ->
                permissions.requireIn(known.system(), known.environment(), person, Role.OPERATIONS, Role.SECURITY));
        Value value = found.filter(Value::waits).orElseThrow(() -> new Refused("id", "No such value waits."));
        if (value.setBy().equals(person)) {
            throw new NotPermitted("A value of production is accepted by somebody other than who set it.");
        }
        if (latest(value.system(), value.environment(), value.name())
                .filter(newest -> newest.id() == id)
                .isEmpty()) {
            throw new Refused("id", "A newer value was set meanwhile; please look at that one.");
        }
        jdbc.sql("update config_value set accepted_by = ?, accepted_at = ? where id = ?")
                .params(person, Rows.moment(clock.instant()), id)
                .update();
        record("packaging.acceptConfiguration", value.system(), value.environment(), value.name(), "SET");
    }

    /** Values as they were set, the newest first. */
    public Page<Value> list(Pageable page) {
        return new PageImpl<>(
                jdbc.sql("select * from config_value order by id desc limit :size offset :offset")
                        .param("size", page.getPageSize())
                        .param("offset", page.getOffset())
                        .query(Configurations::value)
                        .list(),
                page,
                jdbc.sql(ListTotal.sql("from config_value", page))
                        .query(Long.class)
                        .single());
    }

    /** The completeness matrix: every environment of the system, every value that a template asks for or that is set. */
    public List<Line> matrix(Release release) {
        Set<String> asked = new TreeSet<>();
        templates(packages.files(release)).forEach(template -> asked.addAll(template.names()));
        List<Environment> environments = landscape.environments(release.system());
        Map<String, Map<String, Value>> values = new HashMap<>();
        environments.forEach(place -> values.put(place.key(), inForce(release.system(), place.key())));
        Optional<Environment> development = environments.stream()
                .filter(place -> place.tier() == Environment.Tier.DEVELOPMENT)
                .findFirst();
        Instant handedIn = packages.files(release).stream()
                .map(HandedInFile::handedInAt)
                .max(Instant::compareTo)
                .orElse(clock.instant());
        List<Line> lines = new ArrayList<>();
        for (Environment place : environments) {
            Map<String, Value> here = values.getOrDefault(place.key(), Map.of());
            Set<String> names = new TreeSet<>(asked);
            names.addAll(here.keySet());
            for (String name : names) {
                Optional<Value> value = Optional.ofNullable(here.get(name));
                Optional<String> content = value.flatMap(Value::content);
                boolean same = development
                        .filter(other -> !other.key().equals(place.key()))
                        .map(other -> values.getOrDefault(other.key(), Map.of()).get(name))
                        .flatMap(Value::content)
                        .filter(other -> content.filter(other::equals).isPresent())
                        .isPresent();
                lines.add(new Line(
                        place.key(),
                        name,
                        standing(asked.contains(name), content),
                        content,
                        same,
                        value.flatMap(Value::acceptedAt)
                                .filter(at -> at.isAfter(handedIn))
                                .isPresent()));
            }
        }
        return lines;
    }

    private Standing standing(boolean asked, Optional<String> content) {
        if (content.isEmpty()) {
            return Standing.MISSING;
        }
        if (!asked) {
            return Standing.UNUSED;
        }
        return content.get().startsWith(SECRET) && !secrets.knows(content.get().substring(SECRET.length()))
                ? Standing.SECRET_MISSING
                : Standing.SET;
    }

    @Override
    public String fingerprint(Release release, String environment) {
        List<Template> templates = templates(packages.files(release));
        if (templates.isEmpty()) {
            return "";
        }
        Set<String> asked = new TreeSet<>();
        Map<String, String> texts = new TreeMap<>();
        templates.forEach(template -> {
            asked.addAll(template.names());
            texts.put(template.file(), template.text());
        });
        Map<String, String> values = new TreeMap<>();
        inForce(release.system(), environment).forEach((name, value) -> value.content()
                .filter(content -> asked.contains(name))
                .ifPresent(content -> values.put(name, content)));
        return Canonical.digest(Map.of("templates", texts, "values", values));
    }

    /** Names of the values that the templates of a release ask for. */
    public Set<String> names(Release release) {
        Set<String> names = new TreeSet<>();
        templates(packages.files(release)).forEach(template -> names.addAll(template.names()));
        return names;
    }

    @Override
    public Rendered rendered(Release release, String environment) {
        List<String> missing = missing(release, environment);
        if (!missing.isEmpty()) {
            throw new Refused(String.join(" ", missing));
        }
        Map<String, String> values = new HashMap<>();
        inForce(release.system(), environment).forEach((name, value) -> value.content()
                .ifPresent(content -> values.put(
                        name,
                        content.startsWith(SECRET)
                                ? secrets.read(content.substring(SECRET.length()))
                                        .orElseThrow(() -> new Refused("The secret of " + name + " is not there."))
                                        .reveal()
                                : content)));
        Map<String, String> files = new TreeMap<>();
        for (Template template : templates(packages.files(release))) {
            if (files.put(template.placed(), template.filled(values)) != null) {
                throw new Refused("Two templates of " + release.key() + " become the file " + template.placed() + ".");
            }
        }
        return new Rendered(files);
    }

    @Override
    public List<String> missing(Release release, String environment) {
        return matrix(release).stream()
                .filter(line -> line.environment().equals(environment)
                        && (line.standing() == Standing.MISSING || line.standing() == Standing.SECRET_MISSING))
                .map(line -> "The value " + line.name() + " for " + environment + " of " + release.system() + ": "
                        + line.standing().label().toLowerCase(Locale.ROOT) + "; please set it.")
                .toList();
    }

    /** Speaks against production while a value that a template asks for is missing there. */
    @Override
    public List<String> obstacles(Release release) {
        return missing(release, landscape.production(release.system()).key());
    }

    /** A package with secrets in clear text is not sealed. */
    @Override
    public List<String> shortcomings(Release release, List<HandedInFile> files) {
        List<String> sentences = new ArrayList<>();
        for (HandedInFile file : files) {
            try {
                each(file, (name, text) -> {
                    for (SecretScan.Found found : SecretScan.scan(text)) {
                        sentences.add(name + " has what looks like a secret in line " + found.line() + " ("
                                + found.rule() + "); please keep it with the secrets and hand the file in anew.");
                    }
                });
            } catch (Archives.ArchiveRefused e) {
                sentences.add(file.name() + ": " + e.getMessage());
            }
        }
        return sentences.size() > 50 ? sentences.subList(0, 50) : sentences;
    }

    /** What looks like secrets in the present files of a release, without the values. */
    public List<SecretFinding> findings(Release release) {
        List<SecretFinding> findings = new ArrayList<>();
        for (HandedInFile file : packages.files(release)) {
            try {
                each(file, (name, text) -> SecretScan.scan(text)
                        .forEach(found -> findings.add(
                                new SecretFinding(found.rule(), name, found.line(), code(found.value())))));
            } catch (Archives.ArchiveRefused e) {
                findings.add(new SecretFinding("unreadable-archive", file.name(), 0, ""));
            }
        }
        return findings;
    }

    /** A code of a value under a key that only this run of the program has; nobody can guess values by it later. */
    private String code(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(scanKey);
            return HexFormat.of()
                    .formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
        }
    }

    private static SecretKeySpec randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new SecretKeySpec(key, "HmacSHA256");
    }

    private List<Template> templates(List<HandedInFile> files) {
        List<Template> templates = new ArrayList<>();
        for (HandedInFile file : files) {
            try {
                each(file, (name, text) -> {
                    boolean template = name.endsWith(".template") || name.contains("!config/");
                    if (template && templates.size() < MOST_TEMPLATES) {
                        templates.add(new Template(name, text));
                    }
                });
            } catch (Archives.ArchiveRefused e) {
                // What keeps it from being sealed is said among the shortcomings.
                LOG.debug("{} holds no templates that can be read", file.name(), e);
            }
        }
        return templates;
    }

    private interface Texts {
        void read(String name, String text);
    }

    /** Reads the texts of a file: itself, or those in it when it is an archive; what is too long to be written by hand is left out. */
    private void each(HandedInFile file, Texts texts) {
        try (InputStream content = store.open(file.sha256())) {
            if (file.name().matches(".*\\.(jar|zip|war)")) {
                Archives.each(content, MOST_UNPACKED, (name, entry) -> {
                    if (text(name)) {
                        byte[] bytes = entry.readNBytes(LARGEST_TEXT);
                        texts.read(file.name() + "!" + name, SecretScan.text(bytes));
                    }
                });
            } else if (text(file.name()) && !file.name().endsWith(".asc")) {
                texts.read(file.name(), SecretScan.text(content.readNBytes(LARGEST_TEXT)));
            }
        } catch (ArtifactMissing | ArtifactCorrupt e) {
            // Damaged bytes are found by whoever verifies the package.
            LOG.debug("{} cannot be read", file.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean text(String name) {
        int dot = name.lastIndexOf('.');
        return dot >= 0 && TEXTS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    private Map<String, Value> inForce(String system, String environment) {
        Map<String, Value> values = new TreeMap<>();
        jdbc.sql("select * from config_value where system_key = ? and environment_key = ? and accepted_at is not null"
                        + " order by id")
                .params(system, environment)
                .query(Configurations::value)
                .list()
                .forEach(value -> {
                    if (value.content().isPresent()) {
                        values.put(value.name(), value);
                    } else {
                        values.remove(value.name());
                    }
                });
        return values;
    }

    private Optional<Value> latest(String system, String environment, String name) {
        return jdbc.sql("select * from config_value where system_key = ? and environment_key = ? and name = ?"
                        + " order by id desc limit 1")
                .params(system, environment, name)
                .query(Configurations::value)
                .optional();
    }

    private Optional<Value> find(long id) {
        return jdbc.sql("select * from config_value where id = ?")
                .param(id)
                .query(Configurations::value)
                .optional();
    }

    private Environment place(String system, String environment) {
        try {
            return landscape.environment(system, environment);
        } catch (NotFound e) {
            throw new Refused(
                    "environment",
                    "There is no environment '" + Rows.cut(environment, 64) + "' of '" + Rows.cut(system, 64) + "'.");
        }
    }

    private void record(String action, String system, String environment, String name, String state) {
        audit.record(new AuditTrail.Entry(
                Optional.empty(), action, system + "/" + environment + "/" + name, Map.of(), Map.of("state", state)));
    }

    private static Value value(ResultSet row, int index) throws SQLException {
        return new Value(
                row.getLong("id"),
                row.getString("system_key"),
                row.getString("environment_key"),
                row.getString("name"),
                Optional.ofNullable(row.getString("content")),
                row.getString("set_by"),
                Rows.moment(row, "set_at"),
                Optional.ofNullable(row.getString("accepted_by")),
                Rows.momentIf(row, "accepted_at"));
    }
}
