package io.slipway.validation.review;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.web.Paging;
import io.slipway.release.AuditTrail;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import io.slipway.validation.FollowUps;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reviews without blame. One always follows a rollback, an unsuccessful end and an emergency, and any other release once somebody asks
 * for it; everything in it is added and nothing changed.
 */
@Service
public class Reviews {

    /** The model of a review. */
    public static final String PROCESS = "review-release";

    private static final Role[] CONCERNED = {
        Role.RELEASE_MANAGER,
        Role.INCIDENT_MANAGER,
        Role.OPERATIONS,
        Role.DEVELOPER,
        Role.QA,
        Role.PRODUCT_OWNER,
        Role.DBA,
        Role.DEPLOYER,
        Role.SERVICE_DESK,
        Role.SECURITY,
        Role.CHANGE_AUTHORITY
    };
    private static final int MOST_POINTS = 200;

    private final JdbcClient jdbc;
    private final Timelines timelines;
    private final FollowUps followUps;
    private final Obligations obligations;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    Reviews(
            JdbcClient jdbc,
            Timelines timelines,
            FollowUps followUps,
            Obligations obligations,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.timelines = timelines;
        this.followUps = followUps;
        this.obligations = obligations;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A review as it stands.
     *
     * @param reason why it was begun
     * @param assembledAt when the timeline was put together; null until then
     * @param conclusion how it ended; null until then
     */
    public record Review(
            String reason,
            Instant begunAt,
            @Nullable Instant assembledAt,
            @Nullable Conclusion conclusion) {}

    /** How a review ended. */
    public record Conclusion(String summary, String noActionReason, String person, Instant at) {}

    /**
     * Something that somebody added.
     *
     * @param obligation key of the obligation that an action became; null for everything else
     */
    public record Point(
            PointKind kind, String text, @Nullable String obligation, String author, Instant addedAt) {}

    /** Begins a review where one always follows, when the release ends. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        if (changed.release().state() == ReleaseState.CLOSED) {
            whyAlways(changed.release()).ifPresent(reason -> begin(changed.release(), reason, null));
        }
    }

    private Optional<String> whyAlways(Release release) {
        if (release.outcome().filter(ReleaseOutcome.UNSUCCESSFUL::equals).isPresent()) {
            return Optional.of("The release was unsuccessful.");
        }
        boolean back = jdbc.sql("select count(*) from production_rollback where release_id = ?")
                        .param(StoredIds.bytes(release))
                        .query(Long.class)
                        .single()
                > 0;
        if (back || release.outcome().filter(ReleaseOutcome.ROLLED_BACK::equals).isPresent()) {
            return Optional.of("Production was rolled back.");
        }
        return release.releaseClass().filter(ReleaseClass.EMERGENCY::equals).map(emergency -> "It was an emergency.");
    }

    /**
     * Asks for the review of a release that went live.
     *
     * @throws Refused when there is one already, or the release never touched production
     */
    @Transactional
    public void request(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, Role.RELEASE_MANAGER, Role.INCIDENT_MANAGER);
        if (find(release).isPresent()) {
            throw new Refused("There is a review of " + release.key() + " already.");
        }
        if (!release.state().touchesProduction()
                && (!release.state().ended()
                        || release.outcome()
                                .filter(ReleaseOutcome.CANCELLED::equals)
                                .isPresent())) {
            throw new Refused("A review looks back at what happened in production, and " + release.key()
                    + " has not touched it.");
        }
        if (!begin(release, "Somebody asked for it.", person)) {
            throw new Refused(release.key() + " began before reviews were drawn; please look back at it outside.");
        }
    }

    private boolean begin(Release release, String reason, @Nullable String person) {
        if (find(release).isPresent() || !followUps.start(release, PROCESS, Map.of())) {
            return false;
        }
        jdbc.sql("insert into release_review (release_id, reason, begun_by, begun_at) values (?, ?, ?, ?)")
                .params(StoredIds.bytes(release), reason, person, Timestamp.from(clock.instant()))
                .update();
        audit.record(
                AuditTrail.Entry.of(release.id(), "review.begin", release.key(), Map.of(), Map.of("reason", reason)));
        return true;
    }

    /** The review of a release; empty while there is none. */
    @Transactional(readOnly = true)
    public Optional<Review> find(Release release) {
        return jdbc.sql("select r.reason, r.begun_at, t.assembled_at, c.summary, c.no_action_reason, c.concluded_by,"
                        + " c.concluded_at from release_review r left join review_timeline t on t.release_id = r.release_id"
                        + " left join review_conclusion c on c.release_id = r.release_id where r.release_id = ?")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Review(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3) == null ? null : row.getTimestamp(3).toInstant(),
                        row.getString(4) == null
                                ? null
                                : new Conclusion(
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6),
                                        row.getTimestamp(7).toInstant())))
                .optional();
    }

    /** Puts the timeline together and keeps it; put together before, it stays as it was. */
    @Transactional
    public void assemble(Release release) {
        if (find(release).map(Review::assembledAt).isPresent()) {
            return;
        }
        List<TimelineEntry> entries = timelines.assemble(release);
        jdbc.sql("insert into review_timeline (release_id, assembled_at, entries) values (?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        Timestamp.from(clock.instant()),
                        Canonical.json(entries.stream()
                                .map(entry -> Map.of(
                                        "at", entry.at().toString(),
                                        "what", entry.what(),
                                        "who", entry.who(),
                                        "source", entry.source()))
                                .toList()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(), "review.assemble", release.key(), Map.of(), Map.of("entries", entries.size())));
    }

    /** The timeline as it was kept, a page of it. */
    @Transactional(readOnly = true)
    public Page<TimelineEntry> timeline(Release release, Pageable page) {
        List<TimelineEntry> all = new ArrayList<>();
        jdbc.sql("select entries from review_timeline where release_id = ?")
                .param(StoredIds.bytes(release))
                .query(String.class)
                .optional()
                .ifPresent(text -> {
                    for (JsonNode entry : Canonical.read(text)) {
                        all.add(new TimelineEntry(
                                Instant.parse(entry.path("at").asText()),
                                entry.path("what").asText(),
                                entry.path("who").asText(),
                                entry.path("source").asText()));
                    }
                });
        return Paging.part(all, page);
    }

    /** What people added, in order. */
    @Transactional(readOnly = true)
    public List<Point> points(Release release) {
        return jdbc.sql("select kind, content, obligation_key, author, added_at from review_point where release_id = ?"
                        + " order by id limit " + MOST_POINTS)
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Point(
                        PointKind.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list();
    }

    /** Whether a person may add to a review that goes on. */
    public boolean mayAdd(Release release, String person) {
        return find(release).filter(review -> review.conclusion() == null).isPresent()
                && permissions.reader(person).has(release.system(), CONCERNED);
    }

    /**
     * Adds what contributed, or what helped.
     *
     * @throws Refused when there is no review that goes on, or the text is not acceptable
     */
    @Transactional
    public void add(Release release, String person, PointKind kind, String text) {
        requireOpen(release, person);
        if (kind == PointKind.ACTION) {
            throw new Refused("kind", "An action needs an owner and a date; please add it as one.");
        }
        put(release, person, kind, accepted(text), null);
    }

    /**
     * Adds an action, which becomes an obligation of its owner.
     *
     * @param owner whose role has to do it
     * @param due until when, ahead of now and at most a year
     * @throws Refused when there is no review that goes on, or an input is not acceptable
     */
    @Transactional
    public void addAction(Release release, String person, String text, Role owner, Instant due) {
        requireOpen(release, person);
        Instant now = clock.instant();
        if (!due.isAfter(now) || due.isAfter(now.plus(Duration.ofDays(366)))) {
            throw new Refused("due", "An action is due within a year from now.");
        }
        String kept = accepted(text);
        long number = points(release).stream()
                        .filter(point -> point.kind() == PointKind.ACTION)
                        .count()
                + 1;
        Obligations.NewObligation owed = Obligations.NewObligation.of(
                release, "review-action/" + number, Obligations.Kind.REVIEW_ACTION, kept, owner, due, false);
        obligations.open(owed);
        put(release, person, PointKind.ACTION, kept, owed.key());
    }

    private void put(Release release, String person, PointKind kind, String text, @Nullable String obligation) {
        jdbc.sql("insert into review_point (release_id, kind, content, obligation_key, author, added_at)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        kind.name(),
                        text,
                        obligation,
                        person,
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(), "review.addPoint", release.key(), Map.of(), Map.of("kind", kind.name(), "text", text)));
    }

    private static String accepted(String text) {
        String kept = text.strip();
        if (kept.isEmpty() || kept.length() > 2_000) {
            throw new Refused("text", "Please write 1 to 2000 characters.");
        }
        return kept;
    }

    /**
     * Lets a person pass who may add to a review that goes on.
     *
     * @throws Refused when there is none, or it has ended
     */
    @Transactional(readOnly = true)
    public void requireOpen(Release release, String person) {
        permissions.requireRead(release, person);
        permissions.require(release, person, CONCERNED);
        Review review =
                find(release).orElseThrow(() -> new Refused("There is no review of " + release.key() + " to add to."));
        if (review.conclusion() != null) {
            throw new Refused("The review of " + release.key() + " has ended; nothing is added to it any more.");
        }
        if (points(release).size() >= MOST_POINTS) {
            throw new Refused("A review holds at most " + MOST_POINTS + " entries.");
        }
    }

    /**
     * Ends a review.
     *
     * @param noActionReason why nothing follows; needed only when no action was added
     * @throws Refused when nobody said what contributed, or nothing follows without a reason
     */
    @Transactional
    public void conclude(Release release, String person, String summary, String noActionReason) {
        permissions.require(release, person, Role.RELEASE_MANAGER, Role.INCIDENT_MANAGER);
        List<Point> points = points(release);
        if (points.stream().noneMatch(point -> point.kind() == PointKind.FACTOR)) {
            throw new Refused("reviewSummary", "Please add on the page of the review what contributed, first.");
        }
        boolean acted = points.stream().anyMatch(point -> point.kind() == PointKind.ACTION);
        if (!acted && noActionReason.isBlank()) {
            throw new Refused(
                    "noActionReason", "Please add an action on the page of the review, or say why none follows.");
        }
        try {
            jdbc.sql("insert into review_conclusion (release_id, summary, no_action_reason, concluded_by, concluded_at)"
                            + " values (?, ?, ?, ?, ?)")
                    .params(
                            StoredIds.bytes(release),
                            summary,
                            acted ? "" : noActionReason,
                            person,
                            Timestamp.from(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("The review of " + release.key() + " has ended already.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "review.conclude",
                release.key(),
                Map.of(),
                Map.of("points", points.size(), "summary", summary)));
    }
}
