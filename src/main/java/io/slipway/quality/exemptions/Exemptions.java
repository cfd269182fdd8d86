package io.slipway.quality.exemptions;

import io.slipway.platform.data.ListTotal;
import io.slipway.quality.process.GrantExemptionProcess;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Obligations;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Exemptions: somebody asks to skip something, a change authority grants it, and quality assurance shows afterwards that nothing was
 * lost by it. What is granted is owed and blocks the closing of the release.
 */
@Service
public class Exemptions {

    private static final int LONGEST_TEXT = 2000;
    private static final String SELECT =
            "select e.id, e.release_key, e.system_key, e.skipped, e.compensating_control, e.validation,"
                    + " e.validate_by, e.requested_by, e.requested_at, e.state, e.decided_by, e.decided_at, e.decision_reason,"
                    + " e.validated_by, e.validated_at, e.validation_evidence from exemption e";

    private final JdbcClient jdbc;
    private final Permissions permissions;
    private final Releases releases;
    private final SideProcesses processes;
    private final Obligations obligations;
    private final AuditTrail audit;
    private final ExemptionSettings settings;
    private final Clock clock;

    Exemptions(
            JdbcClient jdbc,
            Permissions permissions,
            Releases releases,
            SideProcesses processes,
            Obligations obligations,
            AuditTrail audit,
            ExemptionSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.permissions = permissions;
        this.releases = releases;
        this.processes = processes;
        this.obligations = obligations;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Lets a person pass who may ask for exemptions of a release. */
    public void requireAsker(Release release, String person) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
    }

    /**
     * Asks for an exemption; its process finds the people who go on.
     *
     * @throws io.slipway.release.NotPermitted when the person manages no releases
     * @throws Refused when the release has ended, when texts are missing, or when the check would be too late
     */
    @Transactional
    public Exemption ask(Release asked, Exemption.Request request, String person) {
        requireAsker(asked, person);
        Release release = releases.get(asked.id());
        if (release.state().ended()) {
            throw new Refused(release.key() + " has ended.");
        }
        requireText("skipped", "what is skipped", request.skipped());
        requireText("compensatingControl", "what makes up for it", request.compensatingControl());
        requireText("validation", "what is checked afterwards", request.validation());
        Instant now = clock.instant();
        if (!request.validateBy().isAfter(now) || request.validateBy().isAfter(now.plus(settings.longest()))) {
            throw new Refused(
                    "validateBy",
                    "The check afterwards is due in the future and within "
                            + settings.longest().toDays() + " days.");
        }
        jdbc.sql(
                        "insert into exemption (release_id, release_key, system_key, skipped, compensating_control, validation,"
                                + " validate_by, requested_by, requested_at, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        release.key(),
                        release.system(),
                        request.skipped().strip(),
                        request.compensatingControl().strip(),
                        request.validation().strip(),
                        Timestamp.from(request.validateBy()),
                        person,
                        Timestamp.from(now),
                        Exemption.State.REQUESTED.name())
                .update();
        Exemption exemption = of(release).get(0);
        processes.start(
                release,
                GrantExemptionProcess.KEY,
                Map.of(GrantExemptionProcess.EXEMPTION.name(), String.valueOf(exemption.number())));
        audit.record(AuditTrail.Entry.of(
                release.id(), "quality.askExemption", subject(exemption), Map.of(), facts(exemption)));
        return exemption;
    }

    /**
     * Grants or refuses an exemption, and makes the person an approver of the release.
     *
     * @throws io.slipway.release.NotPermitted when the person is no change authority
     * @throws Refused when it was decided already, when the person asked for it or has another part, or when it would be late
     */
    @Transactional
    public Exemption decide(Release release, long number, boolean granted, String reason, String person) {
        permissions.require(release, person, Role.CHANGE_AUTHORITY);
        Exemption exemption = get(release, number, Exemption.State.REQUESTED);
        if (exemption.requestedBy().equals(person)) {
            throw new Refused("An exemption is granted by another person than the one who asked for it.");
        }
        requireText("exemptionReason", "a reason", reason);
        releases.involve(release.id(), person, Part.APPROVER);
        Instant now = clock.instant();
        if (granted && !now.isBefore(exemption.validateBy())) {
            throw new Refused(
                    "exemptionVerdict",
                    "The check afterwards is due already; please refuse, so that it is asked for anew.");
        }
        move(
                number,
                Exemption.State.REQUESTED,
                "state = ?, decided_by = ?, decided_at = ?, decision_reason = ?",
                (granted ? Exemption.State.GRANTED : Exemption.State.REFUSED).name(),
                person,
                Timestamp.from(now),
                reason.strip());
        if (granted) {
            obligations.openFor(
                    Obligations.NewObligation.of(
                            release,
                            owed(number),
                            Obligations.Kind.EXEMPTION,
                            "Check after the release what was skipped: " + exemption.validation(),
                            Role.QA,
                            exemption.validateBy(),
                            true),
                    exemption.requestedBy());
        }
        return changed(release, exemption, "quality.decideExemption");
    }

    /**
     * Shows that what was skipped is made up for; what was owed is fulfilled.
     *
     * @throws io.slipway.release.NotPermitted when the person does not assure quality
     * @throws Refused when it was not granted, when the person asked for it, or when the release is not live yet
     */
    @Transactional
    public Exemption validate(Release release, long number, String evidence, String person) {
        permissions.require(release, person, Role.QA);
        Exemption exemption = get(release, number, Exemption.State.GRANTED);
        if (exemption.requestedBy().equals(person)) {
            throw new Refused("What was skipped is checked by another person than the one who asked to skip it.");
        }
        Release now = releases.get(release.id());
        if (!now.state().touchesProduction() && !now.state().ended()) {
            throw new Refused(now.key() + " is " + now.state().label().toLowerCase(java.util.Locale.ROOT)
                    + "; what it skipped is checked after it went live.");
        }
        requireText("validationEvidence", "what shows it", evidence);
        move(
                number,
                Exemption.State.GRANTED,
                "state = ?, validated_by = ?, validated_at = ?, validation_evidence = ?",
                Exemption.State.VALIDATED.name(),
                person,
                Timestamp.from(clock.instant()),
                evidence.strip());
        obligations.fulfil(release.key() + "/" + owed(number), person, evidence);
        return changed(release, exemption, "quality.validateExemption");
    }

    private void move(long number, Exemption.State from, String assignments, Object... values) {
        Object[] all = java.util.Arrays.copyOf(values, values.length + 2);
        all[values.length] = number;
        all[values.length + 1] = from.name();
        int changed = jdbc.sql("update exemption set " + assignments + " where id = ? and state = ?")
                .params(all)
                .update();
        if (changed == 0) {
            throw new Refused("Somebody decided on this exemption meanwhile.");
        }
    }

    private Exemption changed(Release release, Exemption before, String action) {
        Exemption after = get(release, before.number());
        audit.record(AuditTrail.Entry.of(release.id(), action, subject(after), facts(before), facts(after)));
        return after;
    }

    private static String owed(long number) {
        return "exemption/" + number;
    }

    /** Exemptions of a release, the last first; at most a hundred. */
    @Transactional(readOnly = true)
    public List<Exemption> of(Release release) {
        return jdbc.sql(SELECT + " where e.release_id = ? order by e.id desc limit 100")
                .param(StoredIds.bytes(release))
                .query(Exemptions::row)
                .list();
    }

    /** A page of the granted exemptions that were not validated yet, the next due first. */
    @Transactional(readOnly = true)
    public Page<Exemption> owed(Reader reader, Pageable page) {
        String where = " where e.state = 'GRANTED'" + (reader.readsAll() ? "" : " and e.system_key in (:systems)");
        Map<String, Object> values = reader.readsAll()
                ? Map.of()
                : Map.of("systems", reader.systems().isEmpty() ? List.of("") : reader.systems());
        long total = jdbc.sql(ListTotal.sql("from exemption e" + where, page))
                .params(values)
                .query(Long.class)
                .single();
        // The order begins as the index does, or the embedded database would sort all rows.
        return new PageImpl<>(
                jdbc.sql(SELECT + where + " order by e.state, e.validate_by, e.id limit " + page.getPageSize()
                                + " offset " + page.getOffset())
                        .params(values)
                        .query(Exemptions::row)
                        .list(),
                page,
                total);
    }

    /**
     * One exemption of a release.
     *
     * @throws NotFound when the release has none with this number
     */
    @Transactional(readOnly = true)
    public Exemption get(Release release, long number) {
        return jdbc.sql(SELECT + " where e.id = ? and e.release_id = ?")
                .params(number, StoredIds.bytes(release))
                .query(Exemptions::row)
                .optional()
                .orElseThrow(() -> new NotFound("exemption", String.valueOf(number)));
    }

    private Exemption get(Release release, long number, Exemption.State state) {
        Exemption exemption = get(release, number);
        if (exemption.state() != state) {
            throw new Refused("The exemption " + number + " is "
                    + exemption.state().label().toLowerCase(java.util.Locale.ROOT) + ".");
        }
        return exemption;
    }

    private static String subject(Exemption exemption) {
        return "exemption/" + exemption.number();
    }

    private static Map<String, Object> facts(Exemption exemption) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("state", exemption.state().name());
        facts.put("skipped", exemption.skipped());
        facts.put("compensatingControl", exemption.compensatingControl());
        facts.put("validation", exemption.validation());
        facts.put("validateBy", exemption.validateBy().toString());
        facts.put("requestedBy", exemption.requestedBy());
        exemption.decidedBy().ifPresent(person -> facts.put("decidedBy", person));
        exemption.decisionReason().ifPresent(reason -> facts.put("decisionReason", reason));
        exemption.validatedBy().ifPresent(person -> facts.put("validatedBy", person));
        exemption.validationEvidence().ifPresent(shown -> facts.put("validationEvidence", shown));
        return facts;
    }

    private static void requireText(String field, String what, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Refused(field, "Please say " + what + " in 1 to " + LONGEST_TEXT + " characters.");
        }
    }

    private static Exemption row(ResultSet row, int number) throws SQLException {
        return new Exemption(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getTimestamp(7).toInstant(),
                row.getString(8),
                row.getTimestamp(9).toInstant(),
                Exemption.State.valueOf(row.getString(10)),
                Optional.ofNullable(row.getString(11)),
                instant(row.getTimestamp(12)),
                Optional.ofNullable(row.getString(13)),
                Optional.ofNullable(row.getString(14)),
                instant(row.getTimestamp(15)),
                Optional.ofNullable(row.getString(16)));
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }
}
