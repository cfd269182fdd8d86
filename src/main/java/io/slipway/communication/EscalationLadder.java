package io.slipway.communication;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.communication.process.EscalateQuestionProcess;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.AuditTrail;
import io.slipway.release.Escalations;
import io.slipway.release.NotFound;
import io.slipway.release.Notices;
import io.slipway.release.ObligationFulfilled;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes questions up a ladder that is kept in the settings: each rung is a role with its time. Silence and being raised again both
 * lead one rung up; at the highest the question stays and is asked again.
 */
@Service
public class EscalationLadder implements Escalations {

    private static final String ROWS = "select q.*, r.release_key, o.release_key as other_key from ladder_question q"
            + " join slipway_release r on r.id = q.release_id left join slipway_release o on o.id = q.other_release_id";

    private static final int MOST_KNOWN = 50;

    /** Longer than any release lives. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final JdbcClient jdbc;
    private final NoticeBook notices;
    private final SideProcesses sides;
    private final Releases releases;
    private final Permissions permissions;
    private final RuntimeService runtime;
    private final EngineAccess access;
    private final AuditTrail audit;
    private final CommunicationSettings settings;
    private final TransactionTemplate transaction;
    private final Clock clock;

    EscalationLadder(
            JdbcClient jdbc,
            NoticeBook notices,
            SideProcesses sides,
            Releases releases,
            Permissions permissions,
            @Lazy RuntimeService runtime,
            EngineAccess access,
            AuditTrail audit,
            CommunicationSettings settings,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.notices = notices;
        this.sides = sides;
        this.releases = releases;
        this.permissions = permissions;
        this.runtime = runtime;
        this.access = access;
        this.audit = audit;
        this.settings = settings;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    @Transactional
    public void raise(Release release, String key, String question, List<String> brief) {
        raise(release, Optional.empty(), key, question, brief);
    }

    /**
     * Takes a question up because a person asks for it; the same question asked again goes one rung higher.
     *
     * @param key names the question; made from its text where it is missing
     * @throws Refused when the question or its key is missing or too long
     */
    @Transactional
    public void ask(
            Release release, String person, @Nullable String key, @Nullable String question, List<String> brief) {
        permissions.require(release, person, Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER, Role.QA);
        String asked = Texts.required("question", question, 1000);
        String named =
                key == null || key.isBlank() ? Canonical.digest(asked).substring(0, 16) : Texts.name("key", key, 100);
        List<String> known = brief.stream()
                .map(sentence -> Texts.required("brief", sentence, 2000))
                .toList();
        find(release.key() + "/asked/" + named).ifPresent(same -> refuseAnother(same, named, asked));
        raise(release, "asked/" + named, asked, known);
    }

    /** Nobody's words are dropped: what cannot join the question of this key is refused. */
    private static void refuseAnother(Question known, String key, String asked) {
        if (!known.question().equals(asked)) {
            throw new Refused(
                    "key",
                    "'key' names another question already: '" + known.question() + "' Please choose another key than '"
                            + key + "'.");
        }
        if (!known.open()) {
            throw new Refused(
                    "question",
                    "This question is settled already: "
                            + known.decision().or(known::withdrawn).orElseThrow()
                            + " Please ask anew what is still open, under another key.");
        }
    }

    /** Takes a question up that concerns two releases; what is decided goes back to both. */
    @Transactional
    public void raise(Release release, Optional<Release> other, String key, String question, List<String> brief) {
        String whole = release.key() + "/" + key;
        if (whole.length() > 250) {
            throw new Refused("The key of a question has at most 250 characters with that of its release.");
        }
        Optional<Question> known = find(whole);
        if (known.isPresent()) {
            if (known.get().open()) {
                learn(known.get(), brief);
                if (known.get().rung() < settings.ladder().size()) {
                    climb(whole);
                }
            }
            return;
        }
        jdbc.sql(
                        "insert into ladder_question (question_key, release_id, other_release_id, question, brief, rung, raised_at)"
                                + " values (?, ?, ?, ?, ?, 0, ?)")
                .params(
                        whole,
                        StoredIds.bytes(release),
                        other.map(Release::id).map(StoredIds::bytes).orElse(null),
                        Columns.fitting(question, 1000),
                        Canonical.json(brief),
                        Columns.at(clock.instant()))
                .update();
        Question raised = find(whole).orElseThrow();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.raiseQuestion",
                "question " + raised.id(),
                Map.of(),
                Map.of("question", raised.question(), "key", key)));
        if (!sides.isPinned(release, EscalateQuestionProcess.KEY)) {
            // A release from before there was such a process: its release managers settle it among themselves.
            tell(raised, release, Set.of(Role.RELEASE_MANAGER), 1);
            return;
        }
        String instance = sides.start(
                release,
                EscalateQuestionProcess.KEY,
                Map.of(EscalateQuestionProcess.QUESTION_ID.name(), String.valueOf(raised.id())));
        jdbc.sql("update ladder_question set process_id = ? where id = ?")
                .params(instance, raised.id())
                .update();
    }

    /** Keeps what is known now and was not before. */
    private void learn(Question question, List<String> brief) {
        List<String> all = new ArrayList<>(question.brief());
        brief.stream().filter(sentence -> !all.contains(sentence)).forEach(all::add);
        if (all.size() > question.brief().size() && all.size() <= MOST_KNOWN) {
            jdbc.sql("update ladder_question set brief = ? where id = ?")
                    .params(Canonical.json(all), question.id())
                    .update();
        }
    }

    @Override
    @Transactional
    public void withdraw(Release release, String key, String because) {
        find(release.key() + "/" + key).filter(Question::open).ifPresent(question -> withdraw(question, because));
    }

    /** What is fulfilled needs no answer any more. */
    @EventListener
    void fulfilled(ObligationFulfilled fulfilled) {
        Obligations.NewObligation owed = fulfilled.obligation().owed();
        owed.release()
                .map(releases::get)
                .ifPresent(release -> withdraw(release, "obligation/" + owed.key(), "The obligation is fulfilled."));
    }

    /** What a release that has ended asked needs no answer any more, except what is still owed because it went live. */
    @EventListener
    void ended(ReleaseStateChanged changed) {
        Release release = changed.release();
        if (release.state().ended()) {
            of(release).stream()
                    .filter(Question::open)
                    .filter(question -> question.release().equals(release.key()))
                    .filter(question -> release.state() == ReleaseState.CANCELLED
                            || !question.key().startsWith(release.key() + "/obligation/"))
                    .forEach(question -> withdraw(question, "The release has ended."));
        }
    }

    private void withdraw(Question question, String because) {
        int taken = jdbc.sql("update ladder_question set withdrawn_at = ?, withdrawn_because = ?"
                        + " where id = ? and withdrawn_at is null and decided_at is null")
                .params(Columns.at(clock.instant()), Columns.fitting(because, 500), question.id())
                .update();
        if (taken == 0) {
            return;
        }
        Release release = releases.find(question.release()).orElseThrow();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "communication.withdrawQuestion",
                "question " + question.id(),
                Map.of("question", question.question()),
                Map.of("because", because)));
        jdbc.sql("select process_id from ladder_question where id = ? and process_id is not null")
                .param(question.id())
                .query(String.class)
                .optional()
                .ifPresent(instance -> access.asSystem(() -> end(instance, because)));
    }

    /** By its message; one whose model does not know that message is ended from outside. */
    private boolean end(String instance, String because) {
        boolean waits = runtime.createExecutionQuery()
                        .processInstanceId(instance)
                        .messageEventSubscriptionName(EscalateQuestionProcess.WITHDRAWN)
                        .count()
                > 0;
        if (waits) {
            runtime.createMessageCorrelation(EscalateQuestionProcess.WITHDRAWN)
                    .processInstanceId(instance)
                    .correlate();
        } else {
            runtime.deleteProcessInstanceIfExists(instance, because, false, true, false, false);
        }
        return waits;
    }

    /** Reminds the highest rung of what it leaves lying; each question is claimed, so that one node does it. */
    void sweep() {
        int highest = settings.ladder().size();
        List<Long> lying = jdbc.sql("select id from ladder_question where decided_at is null and withdrawn_at is null"
                        + " and rung >= ? and rung_ends_at <= ? order by rung_ends_at limit 100")
                .params(highest, Columns.at(clock.instant()))
                .query(Long.class)
                .list();
        for (long id : lying) {
            transaction.executeWithoutResult(status -> {
                Instant now = clock.instant();
                int claimed = jdbc.sql("update ladder_question set rung_ends_at = ? where id = ? and rung_ends_at <= ?"
                                + " and decided_at is null and withdrawn_at is null")
                        .params(Columns.at(now.plus(settings.remindHighest())), id, Columns.at(now))
                        .update();
                if (claimed > 0) {
                    Question question = get(id);
                    tell(
                            question,
                            releases.find(question.release()).orElseThrow(),
                            Set.of(Role.ofGroup(
                                            settings.ladder().get(highest - 1).role())
                                    .orElseThrow()),
                            highest);
                }
            });
        }
    }

    /** Leads the process on to the next rung; one that is on its way there already is left alone. */
    private void climb(String key) {
        @Nullable String instance = jdbc.sql(
                        "select process_id from ladder_question where question_key = ? and process_id is not null")
                .param(key)
                .query(String.class)
                .optional()
                .orElse(null);
        if (instance == null) {
            return;
        }
        access.asSystem(() -> {
            boolean waits = runtime.createExecutionQuery()
                            .processInstanceId(instance)
                            .messageEventSubscriptionName(EscalateQuestionProcess.RAISED_AGAIN)
                            .count()
                    > 0;
            if (waits) {
                runtime.createMessageCorrelation(EscalateQuestionProcess.RAISED_AGAIN)
                        .processInstanceId(instance)
                        .correlate();
            }
            return waits;
        });
    }

    /**
     * Asks the next rung. The highest keeps the question until it is settled: nobody is above it, so it is reminded of its one task and
     * not asked anew.
     *
     * @return when the next rung is asked
     */
    @Transactional
    public Instant askNext(long id) {
        Question question = get(id);
        int rung = Math.min(question.rung() + 1, settings.ladder().size());
        CommunicationSettings.Rung asked = settings.ladder().get(rung - 1);
        Instant ends = clock.instant().plus(asked.patience());
        jdbc.sql("update ladder_question set rung = ?, rung_ends_at = ? where id = ?")
                .params(rung, Columns.at(ends), id)
                .update();
        Release release = releases.find(question.release()).orElseThrow();
        tell(question, release, Set.of(Role.ofGroup(asked.role()).orElseThrow()), rung);
        return rung < settings.ladder().size() ? ends : clock.instant().plus(NEVER);
    }

    private void tell(Question question, Release release, Set<Role> roles, int rung) {
        long asked = jdbc.sql("select count(*) from notice where notice_key like ?")
                .param("question/" + question.id() + "/%")
                .query(Long.class)
                .single();
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(question.question());
        paragraphs.addAll(question.brief());
        notices.tell(new Notices.Notice(
                "question/" + question.id() + "/" + (asked + 1),
                Optional.of(release.id()),
                "communication.escalated",
                Notices.Audience.roles(release, roles),
                "Please decide: " + question.question(),
                paragraphs,
                List.of(
                        new Notices.Fact("Release", release.key()),
                        new Notices.Fact(
                                "Rung", rung + " of " + settings.ladder().size())),
                "/releases/" + release.key()));
    }

    /**
     * Takes the decision of the forum.
     *
     * @throws Refused when it was decided before, or the person's role stands on a lower rung than the one that is asked
     */
    @Transactional
    public void decide(long id, String person, String decision, String reason) {
        Question question = get(id);
        if (question.decision().isPresent()) {
            throw new Refused(
                    "This question is decided already: " + question.decision().get());
        }
        if (question.withdrawn().isPresent()) {
            throw new Refused("This question needs no answer any more: "
                    + question.withdrawn().get());
        }
        boolean high = settings.ladder().stream()
                .skip(Math.max(0, question.rung() - 1))
                .anyMatch(rung ->
                        permissions.has(person, Role.ofGroup(rung.role()).orElseThrow()));
        if (!high) {
            throw new Refused("The question has gone up to "
                    + Role.ofGroup(settings.ladder()
                                    .get(Math.max(0, question.rung() - 1))
                                    .role())
                            .orElseThrow()
                            .label()
                    + "; whoever stands on a lower rung does not decide it any more.");
        }
        jdbc.sql("update ladder_question set decision = ?, reason = ?, decided_by = ?, decided_at = ? where id = ?")
                .params(decision, reason, person, Columns.at(clock.instant()), id)
                .update();
    }

    /** Tells the decision to those concerned in both releases, and records it there; a second time changes nothing. */
    @Transactional
    public void returnDecision(long id) {
        Question question = get(id);
        String decision = question.decision().orElseThrow(() -> new Refused("The question is not decided yet."));
        Set<String> keys = new HashSet<>(Set.of(question.release()));
        question.otherRelease().ifPresent(keys::add);
        for (String key : keys) {
            Release release = releases.find(key).orElseThrow();
            String told = key + "/question/" + id + "/decided";
            if (notices.isKnown(told)) {
                continue;
            }
            notices.tell(new Notices.Notice(
                    told,
                    Optional.of(release.id()),
                    "communication.decided",
                    Notices.Audience.roles(release, Set.of(Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER)),
                    "Decided: " + question.question(),
                    List.of(decision, question.reason().orElse("")),
                    List.of(new Notices.Fact("Concerns", String.join(", ", keys))),
                    "/releases/" + key));
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "communication.decideQuestion",
                    "question " + id,
                    Map.of(),
                    Map.of(
                            "question",
                            question.question(),
                            "decision",
                            decision,
                            "reason",
                            question.reason().orElse(""),
                            "person",
                            question.decidedBy().orElse(""))));
        }
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Decision> decided(Release release, String key) {
        return find(release.key() + "/" + key)
                .filter(question -> question.decision().isPresent())
                .map(question -> new Decision(
                        question.decision().orElseThrow(),
                        question.reason().orElse(""),
                        question.decidedBy().orElseThrow(),
                        question.decidedAt().orElseThrow()));
    }

    /**
     * One question.
     *
     * @throws NotFound when there is none
     */
    @Transactional(readOnly = true)
    public Question get(long id) {
        return jdbc.sql(ROWS + " where q.id = ?")
                .param(id)
                .query((row, index) -> question(row))
                .optional()
                .orElseThrow(() -> new NotFound("question", String.valueOf(id)));
    }

    /** Questions that concern a release, the newest first; at most two hundred. */
    @Transactional(readOnly = true)
    public List<Question> of(Release release) {
        byte[] id = StoredIds.bytes(release);
        return jdbc.sql(ROWS + " where q.release_id = ? or q.other_release_id = ? order by q.id desc limit 200")
                .params(id, id)
                .query((row, index) -> question(row))
                .list();
    }

    /** Label of the role that is asked now. */
    public String asked(Question question) {
        return Role.ofGroup(settings.ladder()
                        .get(Math.min(
                                        Math.max(1, question.rung()),
                                        settings.ladder().size())
                                - 1)
                        .role())
                .orElseThrow()
                .label();
    }

    private Optional<Question> find(String key) {
        return jdbc.sql(ROWS + " where q.question_key = ?")
                .param(key)
                .query((row, index) -> question(row))
                .optional();
    }

    private static Question question(ResultSet row) throws SQLException {
        List<String> brief = new ArrayList<>();
        for (JsonNode sentence : Canonical.read(row.getString("brief"))) {
            brief.add(sentence.asText());
        }
        return new Question(
                row.getLong("id"),
                row.getString("question_key"),
                row.getString("release_key"),
                Optional.ofNullable(row.getString("other_key")),
                row.getString("question"),
                brief,
                row.getInt("rung"),
                Columns.moment(row, "rung_ends_at"),
                Columns.requireMoment(row, "raised_at"),
                Optional.ofNullable(row.getString("decision")),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("decided_by")),
                Columns.moment(row, "decided_at"),
                Optional.ofNullable(row.getString("withdrawn_because")));
    }
}
