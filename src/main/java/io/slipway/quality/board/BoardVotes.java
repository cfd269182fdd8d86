package io.slipway.quality.board;

import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.text.Beginning;
import io.slipway.quality.GateVerdict;
import io.slipway.quality.Gates;
import io.slipway.quality.Verdict;
import io.slipway.quality.WaiverRequest;
import io.slipway.quality.process.CarryOutVoteProcess;
import io.slipway.quality.process.VoteOnDefectsProcess;
import io.slipway.release.AuditTrail;
import io.slipway.release.Escalations;
import io.slipway.release.Notices;
import io.slipway.release.Obligations;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseAction;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Votes of the board over a failed gate: whoever has a part in the release is recused, each member speaks once and for the record, and
 * a vote ends with its time box, or as soon as a quorum agrees. Without a quorum or with a tie a meeting is called.
 */
@Service
public class BoardVotes {

    private static final int LONGEST_TEXT = 2000;
    private static final Role[] BOARD = {Role.CAB_MEMBER, Role.CHANGE_AUTHORITY};
    private static final int MOST_BALLOTS = 4_000;

    private static final String SELECT =
            "select id, release_key, environment_key, verdict_seq, question, opened_at, ends_at, quorum,"
                    + " outcome, concluded_at, summary from board_vote";

    private final JdbcClient jdbc;
    private final Gates gates;
    private final Permissions permissions;
    private final Releases releases;
    private final Obligations obligations;
    private final Notices notices;
    private final Escalations escalations;
    private final AuditTrail audit;
    private final EngineAccess access;
    private final RuntimeService runtime;
    private final SideProcesses sides;
    private final BoardSettings settings;
    private final Clock clock;

    BoardVotes(
            JdbcClient jdbc,
            Gates gates,
            Permissions permissions,
            Releases releases,
            Obligations obligations,
            Notices notices,
            Escalations escalations,
            AuditTrail audit,
            EngineAccess access,
            @Lazy RuntimeService runtime,
            SideProcesses sides,
            BoardSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.gates = gates;
        this.permissions = permissions;
        this.releases = releases;
        this.obligations = obligations;
        this.notices = notices;
        this.escalations = escalations;
        this.audit = audit;
        this.access = access;
        this.runtime = runtime;
        this.sides = sides;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Somebody who assures quality takes a failed gate to the board.
     *
     * @throws io.slipway.release.NotPermitted when the person does not assure quality
     * @throws Refused when the gate has not failed or no reason is given
     */
    @Transactional
    public void ask(Release release, String environment, String reason, String person) {
        permissions.require(release, person, Role.QA);
        requireText("gateReason", "a reason", reason);
        GateVerdict failed = failed(release, environment);
        add(release, failed, "Quality assurance asks: " + reason.strip());
    }

    /**
     * The vote over the last verdict on a gate, opened now if nobody asked for one before its deadline. The board is told; run twice,
     * it finds the vote that was opened the first time.
     */
    @Transactional
    public BoardVote open(Release release, String environment) {
        GateVerdict failed = failed(release, environment);
        BoardVote vote = last(release, environment)
                .filter(BoardVote::open)
                .filter(asked -> asked.verdict() == failed.number())
                .orElseGet(() -> add(
                        release,
                        failed,
                        "Nobody decided on the failed gate in time: "
                                + failed.explanation().rule().because()));
        notices.tell(Notices.Notice.of(
                release,
                "boardVote/" + vote.number(),
                "quality.voteOpened",
                Set.of(BOARD),
                "Your vote on the failed gate of " + environment + " of " + release.key(),
                List.of(
                        vote.question(),
                        "Choose on the page of the release whether it ships with the known issue, is delayed, or loses what is"
                                + " broken. Whoever requested or wrote it does not vote.",
                        "The vote is open until " + vote.endsAt() + ".")));
        lock(vote.number());
        return find(release, vote.number()).orElseThrow();
    }

    /**
     * Lets ballots and the process that waits for them follow each other: a ballot that is cast before the process waits is seen when it
     * begins to, because a message that nobody waits for is lost.
     */
    private void lock(long number) {
        jdbc.sql("select id from board_vote where id = ? for update")
                .param(number)
                .query(Long.class)
                .optional();
    }

    private BoardVote add(Release release, GateVerdict failed, String question) {
        Instant now = clock.instant();
        jdbc.sql(
                        "insert into board_vote (release_id, release_key, environment_key, verdict_seq, question, opened_at, ends_at,"
                                + " quorum, state) values (?, ?, ?, ?, ?, ?, ?, ?, 'OPEN')")
                .params(
                        StoredIds.bytes(release),
                        release.key(),
                        failed.environment(),
                        failed.number(),
                        Beginning.of(question, LONGEST_TEXT),
                        Timestamp.from(now),
                        Timestamp.from(now.plus(settings.timeBox())),
                        settings.quorum())
                .update();
        BoardVote vote = last(release, failed.environment()).orElseThrow();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.askBoard",
                subject(vote),
                Map.of(),
                Map.of(
                        "verdict", failed.number(),
                        "question", vote.question(),
                        "endsAt", vote.endsAt().toString(),
                        "quorum", vote.quorum())));
        return vote;
    }

    private GateVerdict failed(Release release, String environment) {
        return gates.standing(release, environment)
                .verdict()
                .filter(verdict -> verdict.verdict() == Verdict.FAILED)
                .orElseThrow(() -> new Refused("The gate of " + environment + " has not failed."));
    }

    /** Lets a member of the board pass. */
    public void requireMember(Release release, String person) {
        permissions.require(release, person, BOARD);
    }

    /**
     * A member of the board casts the ballot, once.
     *
     * @param condition what has to be done when it ships; empty for none
     * @throws io.slipway.release.NotPermitted when the person is no member of the board
     * @throws Refused when the vote is over, when the person voted already or has another part in the release, or without a reason
     */
    @Transactional
    public BoardVote cast(
            Release release, long number, BoardVote.Choice choice, String reason, String condition, String person) {
        requireMember(release, person);
        lock(number);
        BoardVote vote = find(release, number)
                .orElseThrow(() -> new Refused("vote", release.key() + " has no vote with the number " + number + "."));
        requireText("reason", "a reason", reason);
        if (condition.length() > LONGEST_TEXT) {
            throw new Refused("condition", "A condition has at most " + LONGEST_TEXT + " characters.");
        }
        Instant now = clock.instant();
        if (!vote.open() || !now.isBefore(vote.endsAt())) {
            throw new Refused("vote", "This vote is over.");
        }
        recuse(release, person);
        releases.involve(release.id(), person, Part.APPROVER);
        try {
            jdbc.sql("insert into board_ballot (vote_id, person_id, choice, reason, vote_condition, cast_at)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(number, person, choice.name(), reason.strip(), condition.strip(), Timestamp.from(now))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new Refused("vote", "You have voted already; a ballot is not changed.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.castBallot",
                subject(vote),
                Map.of(),
                Map.of(
                        "person", person,
                        "choice", choice.name(),
                        "reason", reason.strip(),
                        "condition", condition.strip())));
        BoardVote after = find(release, number).orElseThrow();
        if (after.agreed()) {
            tellProcess(after);
        }
        return after;
    }

    /** Whoever asked for the release or wrote it does not judge it. */
    private void recuse(Release release, String person) {
        for (Part part : List.of(Part.REQUESTER, Part.AUTHOR)) {
            if (releases.involved(release.id(), part).contains(person)) {
                throw new Refused("Whoever " + part.verb() + " a release is recused from votes on it.");
            }
        }
    }

    private void tellProcess(BoardVote vote) {
        access.asSystem(() -> {
            runtime.createMessageCorrelation(VoteOnDefectsProcess.VOTE_AGREED)
                    .processInstanceBusinessKey(vote.release())
                    .processInstanceVariableEquals(VoteOnDefectsProcess.VOTE.name(), String.valueOf(vote.number()))
                    .correlateAll();
            return true;
        });
    }

    /**
     * Counts the ballots and does what they say: a gate that ships is waived by the board with its conditions owed, a delay or a
     * smaller scope is asked for, and without a decision the question goes up the ladder. Run twice, it finds what it decided.
     */
    @Transactional
    public BoardVote conclude(Release release, long number) {
        BoardVote vote = find(release, number)
                .orElseThrow(() -> new Refused(release.key() + " has no vote with the number " + number + "."));
        if (!vote.open()) {
            return vote;
        }
        if (!vote.agreed() && clock.instant().isBefore(vote.endsAt())) {
            throw new Refused("The vote " + number + " is open until " + vote.endsAt()
                    + " and its quorum does not agree; please move the token back.");
        }
        BoardVote.Outcome outcome = vote.counted();
        jdbc.sql("update board_vote set state = 'CONCLUDED', outcome = ?, concluded_at = ?, summary = ? where id = ?")
                .params(outcome.name(), Timestamp.from(clock.instant()), summary(vote, outcome), number)
                .update();
        BoardVote concluded = find(release, number).orElseThrow();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "quality.concludeVote",
                subject(vote),
                Map.of(),
                Map.of("outcome", outcome.name(), "summary", concluded.summary().orElse(""))));
        switch (outcome) {
            case SHIP -> ship(release, concluded);
            case DELAY -> {
                askFor(
                        release,
                        concluded,
                        "quality.delayAsked",
                        Set.of(Role.RELEASE_MANAGER),
                        "The board asks to delay " + release.key(),
                        "Another window is asked for when its change is authorised; its gate goes back to new evidence.");
                begin(release, concluded);
            }
            case DESCOPE -> {
                askFor(
                        release,
                        concluded,
                        "quality.descopeAsked",
                        Set.of(Role.RELEASE_MANAGER, Role.PRODUCT_OWNER),
                        "The board asks to take something out of " + release.key(),
                        "Its content is decided anew; please leave out what is broken.");
                begin(release, concluded);
            }
            case NONE ->
                escalations.raise(
                        release,
                        "board-vote/" + number,
                        "The board has not decided on the failed gate of " + vote.environment() + ".",
                        List.of(vote.question(), concluded.summary().orElse("")));
        }
        return concluded;
    }

    /** The decision moves the release from outside: the step that counts the ballots is part of what a smaller scope ends. */
    private void begin(Release release, BoardVote vote) {
        sides.start(
                release,
                CarryOutVoteProcess.KEY,
                Map.of(CarryOutVoteProcess.VOTE.name(), String.valueOf(vote.number())));
    }

    /**
     * Does what the board decided, in the way in which a person would ask for it: another window as soon as the change is authorised, or
     * another content. Nothing is asked for twice, nor what somebody has asked for since.
     *
     * @return whether there is nothing left to do
     */
    @Transactional
    public boolean carryOut(Release asked, long number) {
        Release release = releases.get(asked.id());
        BoardVote vote = find(release, number)
                .orElseThrow(() -> new Refused(release.key() + " has no vote with the number " + number + "."));
        BoardVote.Choice choice;
        ReleaseAction action;
        switch (vote.outcome().orElseThrow(() -> new Refused("The vote " + number + " has not ended yet."))) {
            case DELAY -> {
                choice = BoardVote.Choice.DELAY;
                action = ReleaseAction.RESCHEDULE;
            }
            case DESCOPE -> {
                choice = BoardVote.Choice.DESCOPE;
                action = ReleaseAction.CONTENT_CHANGE;
            }
            default -> {
                return true;
            }
        }
        Instant concluded = vote.concludedAt().orElseThrow();
        if (release.state().ended()
                || release.state().touchesProduction()
                || releases.lastReason(release.id(), action, concluded).isPresent()) {
            return true;
        }
        if (release.onHold() || !releases.awaits(release.id(), action)) {
            return false;
        }
        String reason = "The board decided: " + vote.summary().orElse(vote.question());
        String member = vote.ballots().stream()
                .filter(ballot -> ballot.choice() == choice)
                .map(BoardVote.Ballot::person)
                .findFirst()
                .orElseThrow();
        if (action == ReleaseAction.RESCHEDULE) {
            releases.requestReschedule(release.id(), member, shortened(reason));
        } else {
            releases.requestContentChange(release.id(), member, shortened(reason));
        }
        return true;
    }

    /** Time after which is looked again whether a decision can be carried out. */
    public Duration tryAgain() {
        return settings.tryAgain();
    }

    private static String shortened(String text) {
        return Beginning.of(text, LONGEST_TEXT);
    }

    private static String summary(BoardVote vote, BoardVote.Outcome outcome) {
        String counts = Arrays.stream(BoardVote.Choice.values())
                .map(choice -> vote.votes(choice) + " for '" + choice.label().toLowerCase(Locale.ROOT) + "'")
                .collect(Collectors.joining(", "));
        long dissent = outcome == BoardVote.Outcome.NONE
                ? 0
                : vote.ballots().stream()
                        .filter(ballot -> !ballot.choice().name().equals(outcome.name()))
                        .count();
        return vote.ballots().size() + " ballots at a quorum of " + vote.quorum() + ": " + counts + "; " + dissent
                + " dissenting.";
    }

    private void ship(Release release, BoardVote vote) {
        List<String> conditions = vote.ballots().stream()
                .filter(ballot -> ballot.choice() == BoardVote.Choice.SHIP)
                .map(BoardVote.Ballot::condition)
                .map(String::strip)
                .filter(condition -> !condition.isEmpty())
                .distinct()
                .toList();
        Instant now = clock.instant();
        String control =
                conditions.isEmpty() ? "The issue is known and told to its users." : String.join(" ", conditions);
        gates.waiveByBoard(
                release,
                vote.environment(),
                new WaiverRequest(vote.question(), Beginning.of(control, LONGEST_TEXT), now.plus(settings.waiver())),
                vote.number(),
                vote.summary().orElse(""));
        for (int index = 0; index < conditions.size(); index++) {
            String condition = conditions.get(index);
            obligations.open(Obligations.NewObligation.of(
                    release,
                    "board-vote/" + vote.number() + "/" + (index + 1),
                    Obligations.Kind.CONDITION,
                    "Condition of the board: " + Beginning.of(condition, 1_900),
                    Role.QA,
                    now.plus(settings.conditionsDue()),
                    true));
        }
    }

    private void askFor(Release release, BoardVote vote, String kind, Set<Role> roles, String subject, String remedy) {
        notices.tell(Notices.Notice.of(
                release,
                "boardVote/" + vote.number() + "/outcome",
                kind,
                roles,
                subject,
                List.of(vote.question(), vote.summary().orElse(""), remedy)));
    }

    /** Votes over the gates of a release, the last first; at most twenty. */
    @Transactional(readOnly = true)
    public List<BoardVote> of(Release release) {
        return withBallots(jdbc.sql(SELECT + " where release_id = ? order by id desc limit 20")
                .param(StoredIds.bytes(release))
                .query(BoardVotes::row)
                .list());
    }

    private Optional<BoardVote> last(Release release, String environment) {
        return withBallots(jdbc.sql(SELECT + " where release_id = ? and environment_key = ? order by id desc limit 1")
                        .params(StoredIds.bytes(release), environment)
                        .query(BoardVotes::row)
                        .list())
                .stream()
                .findFirst();
    }

    private Optional<BoardVote> find(Release release, long number) {
        return withBallots(jdbc.sql(SELECT + " where id = ? and release_id = ?")
                        .params(number, StoredIds.bytes(release))
                        .query(BoardVotes::row)
                        .list())
                .stream()
                .findFirst();
    }

    private static BoardVote row(ResultSet row, int index) throws SQLException {
        return new BoardVote(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                row.getTimestamp(7).toInstant(),
                row.getInt(8),
                Optional.ofNullable(row.getString(9)).map(BoardVote.Outcome::valueOf),
                instant(row.getTimestamp(10)),
                Optional.ofNullable(row.getString(11)),
                List.of());
    }

    /** The votes with what was cast in them: one more statement, however many votes there are. */
    private List<BoardVote> withBallots(List<BoardVote> votes) {
        if (votes.isEmpty()) {
            return votes;
        }
        Map<Long, List<BoardVote.Ballot>> cast = new HashMap<>();
        jdbc.sql("select vote_id, person_id, choice, reason, vote_condition, cast_at from board_ballot"
                        + " where vote_id in (:votes) order by vote_id, cast_at, person_id limit " + MOST_BALLOTS)
                .param("votes", votes.stream().map(BoardVote::number).toList())
                .query((row, index) -> cast.computeIfAbsent(row.getLong(1), vote -> new ArrayList<>())
                        .add(new BoardVote.Ballot(
                                row.getString(2),
                                BoardVote.Choice.valueOf(row.getString(3)),
                                row.getString(4),
                                row.getString(5),
                                row.getTimestamp(6).toInstant())))
                .list();
        return votes.stream()
                .map(vote -> vote.with(cast.getOrDefault(vote.number(), List.of())))
                .toList();
    }

    private static Optional<Instant> instant(@Nullable Timestamp time) {
        return Optional.ofNullable(time).map(Timestamp::toInstant);
    }

    private static String subject(BoardVote vote) {
        return "board-vote/" + vote.number();
    }

    private static void requireText(String field, String what, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Refused(field, "Please give " + what + " of 1 to " + LONGEST_TEXT + " characters.");
        }
    }
}
