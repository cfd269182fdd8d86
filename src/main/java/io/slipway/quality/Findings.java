package io.slipway.quality;

import io.slipway.platform.data.ListTotal;
import io.slipway.quality.process.TriageFindingProcess;
import io.slipway.release.AuditTrail;
import io.slipway.release.Concealed;
import io.slipway.release.NotFound;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Findings of security scans: keeps them the same across scans, lets two people triage them, and counts at gates only what nobody
 * suppressed. A suppression ends at its time, and when the code at the place or the severity is another.
 */
@Service
public class Findings {

    private static final int BATCH = 500;
    private static final int LONGEST_TEXT = 2000;
    private static final String COLUMNS =
            "id, system_key, fingerprint, tool, rule_id, severity, path, line_number, message,"
                    + " snippet_hash, requested, first_seen_at, last_seen_at, last_release_id, triage_state, suppressed_until,"
                    + " suppressed_snippet, suppressed_severity, suppressed_release";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Permissions permissions;
    private final Releases releases;
    private final SideProcesses processes;
    private final AuditTrail audit;
    private final GateSettings settings;
    private final Clock clock;

    Findings(
            JdbcClient jdbc,
            JdbcTemplate batches,
            Permissions permissions,
            Releases releases,
            SideProcesses processes,
            AuditTrail audit,
            GateSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.permissions = permissions;
        this.releases = releases;
        this.processes = processes;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a list of findings is restricted to; empty texts restrict nothing. */
    public record Filter(String system, String severity, String state, String text) {}

    /** Open findings of reports, by severity. */
    public record Count(int errors, int warnings) {}

    /** Keeps what a scan found; a finding that an earlier scan of the system saw is that one. */
    @Transactional(propagation = Propagation.MANDATORY)
    void record(Release release, long evidence, List<ScanResult> results) {
        Map<String, ScanResult> distinct = distinct(results);
        List<String> fingerprints = List.copyOf(distinct.keySet());
        for (int from = 0; from < fingerprints.size(); from += BATCH) {
            record(
                    release,
                    evidence,
                    distinct,
                    fingerprints.subList(from, Math.min(from + BATCH, fingerprints.size())));
        }
    }

    /** The findings of a scan by identity: the same code a second time in a file is a second finding. */
    static Map<String, ScanResult> distinct(List<ScanResult> results) {
        Map<String, ScanResult> distinct = new LinkedHashMap<>();
        Map<String, List<Integer>> lines = new HashMap<>();
        results.stream()
                .filter(result -> result.level() != ScanResult.Level.NONE)
                .sorted(Comparator.comparingInt(ScanResult::line))
                .forEach(result -> {
                    String identity = fingerprint(result);
                    if (result.fingerprints().isEmpty()) {
                        List<Integer> known = lines.computeIfAbsent(identity, unknown -> new ArrayList<>());
                        if (!known.contains(result.line())) {
                            known.add(result.line());
                        }
                        int place = known.indexOf(result.line());
                        identity = place == 0 ? identity : sha256(identity + "\u0000" + place);
                    }
                    distinct.merge(identity, result, Findings::worse);
                });
        return distinct;
    }

    private static ScanResult worse(ScanResult one, ScanResult other) {
        return other.level().compareTo(one.level()) < 0 ? other : one;
    }

    private void record(Release release, long evidence, Map<String, ScanResult> results, List<String> fingerprints) {
        Timestamp now = Timestamp.from(clock.instant());
        Map<String, Long> known = ids(release.system(), fingerprints);
        List<Object[]> added = new ArrayList<>();
        List<Object[]> seen = new ArrayList<>();
        for (String fingerprint : fingerprints) {
            ScanResult result = results.get(fingerprint);
            if (result == null) {
                continue;
            }
            Long id = known.get(fingerprint);
            if (id == null) {
                added.add(new Object[] {
                    release.system(),
                    fingerprint,
                    result.tool(),
                    result.rule(),
                    result.level().name(),
                    result.path(),
                    result.line(),
                    result.message(),
                    snippetHash(result),
                    result.requested(),
                    now,
                    now,
                    StoredIds.bytes(release),
                    Finding.State.OPEN.name()
                });
            } else {
                seen.add(new Object[] {
                    result.level().name(),
                    result.line(),
                    result.message(),
                    snippetHash(result),
                    result.requested(),
                    now,
                    StoredIds.bytes(release),
                    id
                });
            }
        }
        batches.batchUpdate(
                "insert into finding (system_key, fingerprint, tool, rule_id, severity, path, line_number, message, snippet_hash,"
                        + " requested, first_seen_at, last_seen_at, last_release_id, triage_state)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                added);
        batches.batchUpdate(
                "update finding set severity = ?, line_number = ?, message = ?, snippet_hash = ?, requested = ?,"
                        + " last_seen_at = ?, last_release_id = ? where id = ?",
                seen);
        List<Object[]> sightings = new ArrayList<>();
        ids(release.system(), fingerprints).forEach((fingerprint, id) -> {
            ScanResult result = results.get(fingerprint);
            if (result != null) {
                sightings.add(new Object[] {evidence, id, result.level().name(), snippetHash(result)});
            }
        });
        batches.batchUpdate(
                "insert into finding_sighting (evidence_seq, finding_id, severity, snippet_hash) values (?, ?, ?, ?)",
                sightings);
    }

    private Map<String, Long> ids(String system, List<String> fingerprints) {
        Map<String, Long> ids = new HashMap<>();
        jdbc.sql("select fingerprint, id from finding where system_key = :system and fingerprint in (:fingerprints)")
                .param("system", system)
                .param("fingerprints", fingerprints)
                .query((row, number) -> ids.put(row.getString(1), row.getLong(2)))
                .list();
        return ids;
    }

    /** Identity across scans: what the tool says of the place, else the code there, else the message; never a line number. */
    static String fingerprint(ScanResult result) {
        String place;
        if (!result.fingerprints().isEmpty()) {
            place = "fingerprints:" + result.fingerprints();
        } else if (!result.snippet().isBlank()) {
            place = "snippet:" + snippetHash(result);
        } else {
            place = "message:" + result.message();
        }
        return sha256(String.join("\u0000", result.tool(), result.rule(), path(result.path()), place));
    }

    /** The path within the sources, as far as the report tells: a scan in another directory finds the same file. */
    private static String path(String uri) {
        String path = uri.replaceFirst("^file:/*", "").replace('\\', '/');
        return path.startsWith("./") ? path.substring(2) : path;
    }

    private static String snippetHash(ScanResult result) {
        return result.snippet().isBlank() ? "" : sha256(result.snippet().strip().replaceAll("\\s+", " "));
    }

    /** Findings of these reports that a gate of this release counts now. */
    @Transactional(readOnly = true)
    public Count open(Release release, Collection<Long> reports) {
        if (reports.isEmpty()) {
            return new Count(0, 0);
        }
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("select s.severity, count(distinct f.id) from finding_sighting s join finding f on f.id = s.finding_id"
                        + " where s.evidence_seq in (:reports) and (f.suppressed_until is null or f.suppressed_until <= :now"
                        + " or f.suppressed_snippet <> s.snippet_hash or f.suppressed_severity <> s.severity"
                        + " or (f.suppressed_release is not null and f.suppressed_release <> :release))"
                        + " group by s.severity")
                .param("reports", reports)
                .param("now", Timestamp.from(clock.instant()))
                .param("release", StoredIds.bytes(release))
                .query((row, number) -> counts.put(row.getString(1), row.getInt(2)))
                .list();
        return new Count(
                counts.getOrDefault(ScanResult.Level.ERROR.name(), 0),
                counts.getOrDefault(ScanResult.Level.WARNING.name(), 0));
    }

    /** A page of the findings that a reader may see, the last seen first. */
    @Transactional(readOnly = true)
    public Page<Finding> list(Reader reader, Filter filter, Pageable page) {
        StringBuilder where = new StringBuilder(" where 1 = 1");
        Map<String, Object> values = new TreeMap<>();
        if (!reader.readsAll()) {
            where.append(" and system_key in (:systems)");
            values.put("systems", reader.systems().isEmpty() ? List.of("") : reader.systems());
        }
        if (!filter.system().isBlank()) {
            where.append(" and system_key = :system");
            values.put("system", filter.system());
        }
        if (!filter.severity().isBlank()) {
            where.append(" and severity = :severity");
            values.put("severity", filter.severity());
        }
        if (filter.state().equals("COUNTING")) {
            where.append(
                    " and (suppressed_until is null or suppressed_until <= :now or suppressed_snippet <> snippet_hash"
                            + " or suppressed_severity <> severity)");
            values.put("now", Timestamp.from(clock.instant()));
        } else if (!filter.state().isBlank()) {
            where.append(" and triage_state = :state");
            values.put("state", filter.state());
        }
        if (!filter.text().isBlank()) {
            where.append(" and lower(rule_id) like :text escape '!'");
            values.put("text", begins(filter.text()));
        }
        long total = jdbc.sql(ListTotal.sql("from finding" + where, page))
                .params(values)
                .query(Long.class)
                .single();
        List<Finding> rows = jdbc.sql(
                        "select " + COLUMNS + " from finding" + where + " order by last_seen_at desc, id desc limit "
                                + page.getPageSize() + " offset " + page.getOffset())
                .params(values)
                .query(Findings::row)
                .list();
        return new PageImpl<>(rows, page, total);
    }

    private static String begins(String text) {
        return text.strip()
                        .toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }

    /**
     * One finding.
     *
     * @throws NotFound when there is none with this number
     */
    @Transactional(readOnly = true)
    public Finding get(long number) {
        return jdbc.sql("select " + COLUMNS + " from finding where id = ?")
                .param(number)
                .query(Findings::row)
                .optional()
                .orElseThrow(() -> new NotFound("finding", String.valueOf(number)));
    }

    /** One finding, for a reader who may see its system; for others it does not exist. */
    @Transactional(readOnly = true)
    public Finding get(long number, Reader reader) {
        Finding finding = get(number);
        if (!reader.readsAll() && !reader.systems().contains(finding.system())) {
            throw new Concealed("finding", String.valueOf(number));
        }
        return finding;
    }

    /** What was said of a finding, the last first. */
    @Transactional(readOnly = true)
    public List<Triage> triages(long finding) {
        return jdbc.sql(TRIAGES + " where finding_id = ? order by id desc limit 100")
                .param(finding)
                .query(Findings::triage)
                .list();
    }

    private static final String TRIAGES =
            "select id, finding_id, verdict, justification, reason, evidence, scope, expires_at,"
                    + " snippet_hash, severity, proposed_by, proposed_at, state, decided_by, decided_at, decision_reason from finding_triage";

    /**
     * Asks for the triage of a finding: its process finds the people.
     *
     * @throws io.slipway.release.NotPermitted when the person neither assures quality nor security
     * @throws Refused when it is being triaged already
     */
    @Transactional
    public void askTriage(long number, String person) {
        permissions.require(person, Role.QA, Role.SECURITY);
        Finding finding = get(number);
        String key = "finding-" + number;
        if (!processes.running(key, TriageFindingProcess.KEY).isEmpty()) {
            throw new Refused("The finding " + number + " is being triaged; its task waits in Tasklist.");
        }
        processes.start(
                key, TriageFindingProcess.KEY, Map.of(TriageFindingProcess.FINDING.name(), String.valueOf(number)));
        audit.record(entry(finding, "quality.askTriage", Map.of(), Map.of("person", person)));
    }

    /**
     * One person says what a finding is; a second one confirms it before it suppresses anything.
     *
     * @throws io.slipway.release.NotPermitted when the person neither assures quality nor security
     * @throws Refused when something is missing or too long
     */
    @Transactional
    public Triage propose(long number, Triage.Proposal proposal, String person) {
        permissions.require(person, Role.QA, Role.SECURITY);
        Finding finding = get(number);
        requireText("triageReason", "a reason", proposal.reason());
        if (proposal.verdict().suppresses()) {
            requireText("triageEvidence", "what shows it", proposal.evidence());
            Instant now = clock.instant();
            Instant ends = proposal.expiresAt()
                    .orElseThrow(() -> new Refused(
                            "triageExpires",
                            "Please say until when it is suppressed; nothing is suppressed for ever."));
            if (!ends.isAfter(now) || ends.isAfter(now.plus(settings.longestSuppression()))) {
                throw new Refused(
                        "triageExpires",
                        "A suppression ends in the future and lasts at most "
                                + settings.longestSuppression().toDays() + " days.");
            }
        }
        if (proposal.verdict() == Triage.Verdict.ACCEPTED
                && proposal.justification().isEmpty()) {
            throw new Refused("triageJustification", "Please choose why it is accepted.");
        }
        jdbc.sql(
                        "insert into finding_triage (finding_id, verdict, justification, reason, evidence, scope, expires_at,"
                                + " snippet_hash, severity, proposed_by, proposed_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        number,
                        proposal.verdict().name(),
                        proposal.justification().map(Enum::name).orElse(null),
                        proposal.reason().strip(),
                        proposal.evidence().strip(),
                        proposal.scope().name(),
                        proposal.expiresAt().map(Timestamp::from).orElse(null),
                        finding.snippetHash(),
                        finding.severity(),
                        person,
                        Timestamp.from(clock.instant()),
                        Triage.State.PROPOSED.name())
                .update();
        state(number, Finding.State.WAITING);
        Triage proposed = waiting(number);
        audit.record(entry(finding, "quality.proposeTriage", Map.of(), facts(proposed)));
        return proposed;
    }

    /**
     * A second person confirms or rejects what the first one said.
     *
     * @throws io.slipway.release.NotPermitted when the person neither assures quality nor security
     * @throws Refused when nothing is proposed, when the person proposed it or is an author of the release, or when code or severity
     *     changed since
     */
    @Transactional
    public Triage decide(long number, boolean confirmed, String reason, String person) {
        permissions.require(person, Role.QA, Role.SECURITY);
        Finding finding = get(number);
        Triage proposed = waiting(number);
        requireText("confirmReason", "a reason", reason);
        if (proposed.proposedBy().equals(person)) {
            throw new Refused("A triage is confirmed by another person than the one who proposed it.");
        }
        if (releases.involved(new ReleaseId(finding.release()), Part.AUTHOR).contains(person)) {
            throw new Refused("Whoever wrote the release does not confirm the triage of its findings.");
        }
        if (confirmed
                && (!proposed.snippetHash().equals(finding.snippetHash())
                        || !proposed.severity().equals(finding.severity()))) {
            throw new Refused(
                    "confirmDecision",
                    "A later scan saw other code or another severity at this place; please reject, so that it is looked at again.");
        }
        Instant now = clock.instant();
        int changed = jdbc.sql(
                        "update finding_triage set state = ?, decided_by = ?, decided_at = ?, decision_reason = ?"
                                + " where id = ? and state = 'PROPOSED'")
                .params(
                        (confirmed ? Triage.State.CONFIRMED : Triage.State.REJECTED).name(),
                        person,
                        Timestamp.from(now),
                        reason.strip(),
                        proposed.number())
                .update();
        if (changed == 0) {
            throw new Refused("Somebody decided on this triage meanwhile.");
        }
        if (!confirmed) {
            state(number, Finding.State.OPEN);
        } else if (proposed.verdict().suppresses()) {
            suppress(finding, proposed);
        } else {
            lift(number);
        }
        Triage decided = triages(number).get(0);
        audit.record(entry(finding, "quality.decideTriage", facts(proposed), facts(decided)));
        return decided;
    }

    private void suppress(Finding finding, Triage agreed) {
        jdbc.sql(
                        "update finding set triage_state = ?, suppressed_until = ?, suppressed_snippet = ?, suppressed_severity = ?,"
                                + " suppressed_release = ? where id = ?")
                .params(
                        Finding.State.SUPPRESSED.name(),
                        Timestamp.from(agreed.expiresAt().orElseThrow()),
                        agreed.snippetHash(),
                        agreed.severity(),
                        agreed.scope() == Triage.Scope.RELEASE ? StoredIds.bytes(finding.release()) : null,
                        finding.number())
                .update();
    }

    private void lift(long number) {
        jdbc.sql("update finding set triage_state = ?, suppressed_until = null, suppressed_snippet = null,"
                        + " suppressed_severity = null, suppressed_release = null where id = ?")
                .params(Finding.State.CONFIRMED.name(), number)
                .update();
    }

    /** The proposal that waits for a second person. */
    @Transactional(readOnly = true)
    public Triage waiting(long number) {
        return jdbc.sql(TRIAGES + " where finding_id = ? and state = 'PROPOSED' order by id desc limit 1")
                .param(number)
                .query(Findings::triage)
                .optional()
                .orElseThrow(() -> new Refused("Nothing was proposed for the finding " + number + "."));
    }

    private void state(long number, Finding.State state) {
        jdbc.sql("update finding set triage_state = ? where id = ?")
                .params(state.name(), number)
                .update();
    }

    private static AuditTrail.Entry entry(Finding finding, String action, Map<String, ?> before, Map<String, ?> after) {
        return new AuditTrail.Entry(
                Optional.of(new ReleaseId(finding.release())), action, "finding/" + finding.number(), before, after);
    }

    private static Map<String, Object> facts(Triage triage) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("triage", triage.number());
        facts.put("verdict", triage.verdict().name());
        triage.justification().ifPresent(why -> facts.put("justification", why.name()));
        facts.put("scope", triage.scope().name());
        facts.put("reason", triage.reason());
        facts.put("state", triage.state().name());
        facts.put("proposedBy", triage.proposedBy());
        triage.expiresAt().ifPresent(ends -> facts.put("expiresAt", ends.toString()));
        triage.decidedBy().ifPresent(decider -> facts.put("decidedBy", decider));
        return facts;
    }

    private static void requireText(String field, String what, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Refused(field, "Please give " + what + " of 1 to " + LONGEST_TEXT + " characters.");
        }
    }

    private static Finding row(ResultSet row, int number) throws SQLException {
        Timestamp until = row.getTimestamp(16);
        return new Finding(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getString(9),
                row.getString(10),
                row.getBoolean(11),
                row.getTimestamp(12).toInstant(),
                row.getTimestamp(13).toInstant(),
                StoredIds.uuid(row.getBytes(14)),
                Finding.State.valueOf(row.getString(15)),
                until == null
                        ? Optional.empty()
                        : Optional.of(new Finding.Suppression(
                                until.toInstant(),
                                row.getString(17),
                                row.getString(18),
                                Optional.ofNullable(row.getBytes(19)).map(StoredIds::uuid))));
    }

    private static Triage triage(ResultSet row, int number) throws SQLException {
        return new Triage(
                row.getLong(1),
                row.getLong(2),
                Triage.Verdict.valueOf(row.getString(3)),
                Optional.ofNullable(row.getString(4)).map(Triage.Justification::valueOf),
                row.getString(5),
                row.getString(6),
                Triage.Scope.valueOf(row.getString(7)),
                instant(row.getTimestamp(8)),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getTimestamp(12).toInstant(),
                Triage.State.valueOf(row.getString(13)),
                Optional.ofNullable(row.getString(14)),
                instant(row.getTimestamp(15)),
                Optional.ofNullable(row.getString(16)));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
