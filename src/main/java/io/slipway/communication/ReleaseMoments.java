package io.slipway.communication;

import io.slipway.release.HypercareEnded;
import io.slipway.release.Notices;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseRejected;
import io.slipway.release.ReleaseRolledBack;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.RollbackCause;
import io.slipway.release.StoredIds;
import io.slipway.release.WindowPlanned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Tells of the moments of a release, and of no others: planned, approved or rejected, window changed, deployment started and
 * finished, rolled back, hypercare ended, closed. Each is told once, in the transaction in which it came.
 */
@Service
class ReleaseMoments {

    private final NoticeBook notices;
    private final JdbcClient jdbc;
    private final CommunicationSettings settings;
    private final ObjectProvider<RollbackCause> causes;

    ReleaseMoments(
            NoticeBook notices, JdbcClient jdbc, CommunicationSettings settings, ObjectProvider<RollbackCause> causes) {
        this.causes = causes;
        this.notices = notices;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @EventListener
    void windowPlanned(WindowPlanned planned) {
        Release release = planned.release();
        if (planned.startBefore().isEmpty()) {
            tell(release, "planned", "is planned", List.of("It has a scope and a window."), List.of());
        } else if (!planned.startBefore().equals(release.windowStart())
                || !planned.endBefore().equals(release.windowEnd())) {
            tell(
                    release,
                    "windowChanged",
                    "has another window",
                    List.of("The window below replaces the one before; whoever prepares for it prepares again."),
                    List.of(new Notices.Fact("Window before", span(planned.startBefore(), planned.endBefore()))));
        }
    }

    @EventListener
    void rejected(ReleaseRejected rejected) {
        tell(
                rejected.release(),
                "rejected",
                "is rejected",
                List.of("Whoever approves does not approve it as it is; it goes back."),
                rejected.reason().isBlank() ? List.of() : List.of(new Notices.Fact("Reason", rejected.reason())));
    }

    @EventListener
    void stateChanged(ReleaseStateChanged changed) {
        Release release = changed.release();
        ReleaseState before = changed.before();
        switch (release.state()) {
            case APPROVED ->
                tell(
                        release,
                        "approved",
                        "is approved",
                        List.of("Everybody who has to approve it has done so."),
                        List.of());
            case DEPLOYING ->
                tell(
                        release,
                        "deploymentStarted",
                        "is being deployed to production",
                        List.of("From now on production is being changed."),
                        List.of());
            case VALIDATING -> {
                if (before == ReleaseState.DEPLOYING) {
                    tell(
                            release,
                            "deploymentFinished",
                            "is deployed to production",
                            List.of("It is in use, and is watched until it has proved itself."),
                            List.of());
                }
            }
            case CLOSED ->
                tell(
                        release,
                        "closed",
                        "is closed",
                        List.of("Nothing more happens in it."),
                        List.of(new Notices.Fact(
                                "Outcome",
                                release.outcome().map(ReleaseOutcome::label).orElse(""))));
            default -> {
                // Other states are no moments that people asked to be told of.
            }
        }
    }

    @EventListener
    void rolledBack(ReleaseRolledBack rolledBack) {
        tell(
                rolledBack.release(),
                "rolledBack",
                "is rolled back",
                List.of("Production runs what it ran before the release."),
                List.of(new Notices.Fact(
                        "Cause",
                        causes.orderedStream()
                                .flatMap(cause -> cause.of(rolledBack.release()).stream())
                                .findFirst()
                                .orElse("No cause is recorded."))));
    }

    @EventListener
    void hypercareEnded(HypercareEnded ended) {
        tell(
                ended.release(),
                "hypercareEnded",
                "has left hypercare",
                List.of("The time of close watching is over; the release can be closed."),
                List.of());
    }

    private void tell(
            Release release, String moment, String happened, List<String> paragraphs, List<Notices.Fact> more) {
        Set<Role> roles = settings.moments().getOrDefault(moment, List.of()).stream()
                .map(role -> Role.ofGroup(role).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
        if (roles.isEmpty()) {
            return;
        }
        List<Notices.Fact> facts = new ArrayList<>(more);
        if (release.windowStart().isPresent()) {
            facts.add(0, new Notices.Fact("Window", span(release.windowStart(), release.windowEnd())));
        }
        String path = "/releases/" + release.key();
        Notices.Notice notice = new Notices.Notice(
                release.key() + "/" + moment + "/" + (told(release, moment) + 1),
                Optional.of(release.id()),
                "release." + moment,
                Notices.Audience.roles(release, roles),
                release.key() + " " + happened,
                paragraphs,
                facts,
                path);
        notices.keep(
                notice,
                List.of(
                        new Letter.Link("Open the release", path),
                        new Letter.Link("Read the summary", path + "/summary")));
    }

    /** A moment can come again, as a second window or approval; the release is locked meanwhile, so that counting is enough. */
    private long told(Release release, String moment) {
        return jdbc.sql("select count(*) from notice where release_id = ? and kind = ?")
                .params(StoredIds.bytes(release), "release." + moment)
                .query(Long.class)
                .single();
    }

    private static String span(Optional<Instant> start, Optional<Instant> end) {
        return start.map(Instant::toString).orElse("") + "/"
                + end.map(Instant::toString).orElse("");
    }
}
