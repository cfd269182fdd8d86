package io.slipway.validation.feedback;

import io.slipway.integration.incidents.Incident;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.release.AuditTrail;
import io.slipway.release.Landscape;
import io.slipway.release.OneLine;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import io.slipway.validation.FollowUps;
import io.slipway.validation.SyntheticRun;
import io.slipway.validation.Validation;
import io.slipway.validation.Validations;
import io.slipway.validation.feedback.LinkScore.Candidate;
import io.slipway.validation.feedback.LinkScore.Noticed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What users say of a release. Incidents of the system and issues that users reported are compared with the release; those that may
 * come from it are proposed with a score and its reason, and people confirm or deny each. Nothing of it is changed afterwards: a second
 * verdict stands beside the first and counts.
 */
@Service
public class Feedback {

    /** The model by which it is collected. */
    public static final String PROCESS = "collect-feedback";

    /** The variable in which that process carries when users are asked. */
    public static final String DUE = "feedbackDue";

    private static final int MOST = 200;

    private static final Role[] DESK = {Role.SERVICE_DESK, Role.INCIDENT_MANAGER, Role.OPERATIONS, Role.RELEASE_MANAGER
    };

    private final JdbcClient jdbc;
    private final FeedbackSettings settings;
    private final IncidentRegister incidents;
    private final Validations validations;
    private final Landscape landscape;
    private final FollowUps followUps;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Feedback(
            JdbcClient jdbc,
            FeedbackSettings settings,
            IncidentRegister incidents,
            Validations validations,
            Landscape landscape,
            FollowUps followUps,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.incidents = incidents;
        this.validations = validations;
        this.landscape = landscape;
        this.followUps = followUps;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /** That users are asked: since when the release is live, and when the service desk sums up. */
    public record Collection(Instant liveAt, Instant dueAt) {}

    /** What a user reported. */
    public record Report(
            long id, String title, String description, String signature, Instant reportedAt, String enteredBy) {}

    /** Where something that users noticed is written down. */
    public enum Source {
        INCIDENT,
        REPORT
    }

    /**
     * A link between a release and something that users noticed.
     *
     * @param priority P1 to P4 of an incident; empty for a report
     * @param verdict true when confirmed, false when denied, null while nobody has judged
     */
    public record Link(
            long id,
            Source source,
            String reference,
            String title,
            String priority,
            int score,
            String reason,
            @Nullable Boolean verdict,
            @Nullable String note,
            @Nullable String person) {

        /** "Proposed", "Confirmed" or "Denied". */
        public String state() {
            if (verdict == null) {
                return "Proposed";
            }
            return verdict ? "Confirmed" : "Denied";
        }
    }

    /** How the service desk summed up. */
    public record Summary(String note, String person, Instant at) {}

    /** Lets users be asked as soon as a release has proved itself in production; a second time nothing happens. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        Release release = changed.release();
        if (release.state() != ReleaseState.HYPERCARE || collection(release).isPresent()) {
            return;
        }
        Instant live = validations.newest(release).map(Validation::openedAt).orElseGet(clock::instant);
        Instant due = live.plus(settings.after()).truncatedTo(ChronoUnit.SECONDS);
        if (!followUps.start(release, PROCESS, Map.of(DUE, Date.from(due)))) {
            return;
        }
        jdbc.sql("insert into feedback_collection (release_id, live_at, due_at) values (?, ?, ?)")
                .params(StoredIds.bytes(release), Timestamp.from(live), Timestamp.from(due))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(), "feedback.open", release.key(), Map.of(), Map.of("due", due.toString())));
    }

    /** That users are asked; empty while the release is not live. */
    @Transactional(readOnly = true)
    public Optional<Collection> collection(Release release) {
        return jdbc.sql("select live_at, due_at from feedback_collection where release_id = ?")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Collection(
                        row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
                .optional();
    }

    /**
     * Lets a person pass who may report, confirm and deny.
     *
     * @throws io.slipway.release.NotPermitted when the person has no role for it
     */
    public void requireDesk(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, DESK);
    }

    /** Whether a person may report, confirm and deny. */
    public boolean mayJudge(Release release, String person) {
        return permissions.reader(person).has(release.system(), DESK);
    }

    /**
     * Enters what a user reported, and proposes its link.
     *
     * @param signature the words of the error, as far as known; may be empty
     * @throws Refused when the release is not live yet, or an input is not acceptable
     */
    @Transactional
    public void report(
            Release release, String person, String title, String description, String signature, Instant reportedAt) {
        requireDesk(release, person);
        String kept = text("title", title, 300);
        OneLine.require("title", kept);
        requireLive(release);
        if (description.length() > 2_000) {
            throw new Refused("description", "A description has at most 2000 characters.");
        }
        if (signature.length() > 300) {
            throw new Refused("signature", "A signature has at most 300 characters.");
        }
        if (reportedAt.isAfter(clock.instant())) {
            throw new Refused("reportedAt", "An issue is reported in the past.");
        }
        if (reports(release).size() >= MOST) {
            throw new Refused("title", "A release takes at most " + MOST + " reports here.");
        }
        jdbc.sql("insert into feedback_report (release_id, title, description, signature, reported_at, entered_by,"
                        + " entered_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        kept,
                        description.strip(),
                        signature.strip(),
                        Timestamp.from(reportedAt),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(
                AuditTrail.Entry.of(release.id(), "feedback.report", release.key(), Map.of(), Map.of("title", kept)));
        link(release);
    }

    private static String text(String field, String text, int longest) {
        String kept = text.strip();
        if (kept.isEmpty() || kept.length() > longest) {
            throw new Refused(field, "Please write 1 to " + longest + " characters in '" + field + "'.");
        }
        return kept;
    }

    private Collection requireLive(Release release) {
        return collection(release)
                .orElseThrow(() -> new Refused(release.key()
                        + " has not proved itself in production yet; until then nobody can report on it."));
    }

    /** What users reported, the newest first. */
    @Transactional(readOnly = true)
    public List<Report> reports(Release release) {
        return jdbc.sql("select id, title, description, signature, reported_at, entered_by from feedback_report"
                        + " where release_id = ? order by id desc limit " + MOST)
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Report(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6)))
                .list();
    }

    /**
     * Compares incidents and reports with the release and proposes what reaches the threshold; what was proposed before stays.
     *
     * @return how many links there are now
     */
    @Transactional
    public int link(Release release) {
        Collection collection = requireLive(release);
        Candidate candidate =
                new Candidate(release.key(), release.system(), collection.liveAt(), settings.watched(), known(release));
        String production = landscape.production(release.system()).key();
        // The register and the database may keep whole seconds, so the one that is not over counts as a whole.
        Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        if (until.isAfter(collection.liveAt())) {
            for (Incident incident :
                    incidents.between(release.system(), collection.liveAt(), until, IncidentRegister.MOST)) {
                Noticed noticed = new Noticed(
                        incident.title(),
                        incident.openedAt(),
                        incident.environment().map(production::equals),
                        incident.causedByRelease());
                propose(
                        release,
                        Source.INCIDENT,
                        incident.key(),
                        incident.title(),
                        incident.priority().name(),
                        LinkScore.of(noticed, candidate));
            }
        }
        for (Report report : reports(release)) {
            Noticed noticed = new Noticed(
                    report.title() + " " + report.signature(),
                    report.reportedAt(),
                    Optional.of(true),
                    Optional.empty());
            propose(
                    release,
                    Source.REPORT,
                    String.valueOf(report.id()),
                    report.title(),
                    "",
                    LinkScore.of(noticed, candidate));
        }
        return links(release).size();
    }

    /** Words of what the release changes, of what its checks found wrong, and of what was confirmed before. */
    private Set<String> known(Release release) {
        StringBuilder text = new StringBuilder(release.title());
        validations.runs(release, 20).stream().map(SyntheticRun::failure).forEach(failure -> text.append(' ')
                .append(failure));
        links(release).stream()
                .filter(link -> Boolean.TRUE.equals(link.verdict()))
                .forEach(link -> text.append(' ').append(link.title()));
        Set<String> words = Signature.words(text.toString());
        words.removeAll(Signature.words(release.system()));
        return words;
    }

    private void propose(
            Release release, Source source, String reference, String title, String priority, LinkScore score) {
        if (score.score() < settings.threshold() || has(release, source, reference)) {
            return;
        }
        jdbc.sql(
                        "insert into feedback_link (release_id, source, reference, title, priority, score, reason, proposed_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        source.name(),
                        reference,
                        title,
                        priority,
                        score.score(),
                        score.reason(),
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "feedback.propose",
                source + " " + reference,
                Map.of(),
                Map.of("score", score.score(), "reason", score.reason())));
    }

    private boolean has(Release release, Source source, String reference) {
        return jdbc.sql("select count(*) from feedback_link where release_id = ? and source = ? and reference = ?")
                        .params(StoredIds.bytes(release), source.name(), reference)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The links of a release with the verdict that counts, undecided and likely ones first; at most two hundred. */
    @Transactional(readOnly = true)
    public List<Link> links(Release release) {
        return jdbc.sql(
                        "select l.id, l.source, l.reference, l.title, l.priority, l.score, l.reason, v.confirmed, v.note,"
                                + " v.person_id from feedback_link l left join feedback_verdict v on v.id ="
                                + " (select max(w.id) from feedback_verdict w where w.link_id = l.id) where l.release_id = ?"
                                + " order by case when v.id is null then 0 else 1 end, l.score desc, l.id limit "
                                + MOST)
                .param(StoredIds.bytes(release))
                .query(Feedback::link)
                .list();
    }

    private static Link link(ResultSet row, int number) throws SQLException {
        boolean confirmed = row.getBoolean(8);
        Boolean verdict = row.wasNull() ? null : Boolean.valueOf(confirmed);
        return new Link(
                row.getLong(1),
                Source.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getInt(6),
                row.getString(7),
                verdict,
                row.getString(9),
                row.getString(10));
    }

    /**
     * Confirms or denies a link; a later verdict counts.
     *
     * @throws Refused when the release has no such link, or the note is too long
     */
    @Transactional
    public void judge(Release release, String person, long link, boolean confirmed, String note) {
        requireDesk(release, person);
        Link judged = links(release).stream()
                .filter(known -> known.id() == link)
                .findFirst()
                .orElseThrow(() -> new Refused(
                        "link",
                        "No such link of " + release.key() + " was proposed; please choose one from its list."));
        if (note.length() > 2_000) {
            throw new Refused("note", "A note has at most 2000 characters.");
        }
        jdbc.sql("insert into feedback_verdict (link_id, release_id, confirmed, note, person_id, judged_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        link,
                        StoredIds.bytes(release),
                        confirmed,
                        note.strip(),
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "feedback.judge",
                judged.source() + " " + judged.reference(),
                Map.of("state", judged.state()),
                Map.of("confirmed", confirmed, "person", person)));
    }

    /** How the service desk summed up; empty until then. */
    @Transactional(readOnly = true)
    public Optional<Summary> summary(Release release) {
        return jdbc.sql("select note, person_id, summed_at from feedback_summary where release_id = ?")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Summary(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .optional();
    }

    /**
     * Sums up what users say.
     *
     * @throws Refused when a proposed link is undecided
     */
    @Transactional
    public void sumUp(Release release, String person, String note) {
        permissions.require(release, person, Role.SERVICE_DESK);
        List<Link> undecided =
                links(release).stream().filter(link -> link.verdict() == null).toList();
        if (!undecided.isEmpty()) {
            throw new Refused(
                    "feedbackNote",
                    "Please confirm or deny first on the page of the feedback: "
                            + undecided.get(0).title()
                            + (undecided.size() > 1 ? ", and " + (undecided.size() - 1) + " more." : "."));
        }
        try {
            jdbc.sql("insert into feedback_summary (release_id, note, person_id, summed_at) values (?, ?, ?, ?)")
                    .params(StoredIds.bytes(release), note, person, Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("The feedback on " + release.key() + " was summed up before.");
        }
        audit.record(
                AuditTrail.Entry.of(release.id(), "feedback.sumUp", release.key(), Map.of(), Map.of("note", note)));
    }

    /** Confirmed incidents of the worst two priorities that are not over, by what the register says now. */
    @Transactional(readOnly = true)
    public List<Incident> openAndGrave(Release release) {
        return links(release).stream()
                .filter(link -> link.source() == Source.INCIDENT && Boolean.TRUE.equals(link.verdict()))
                .flatMap(link -> incidents.find(link.reference()).stream())
                .filter(Incident::unresolved)
                .filter(incident -> incident.priority().compareTo(Incident.Priority.P2) <= 0)
                .toList();
    }
}
