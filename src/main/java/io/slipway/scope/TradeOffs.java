package io.slipway.scope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.release.AuditTrail;
import io.slipway.release.Escalations;
import io.slipway.release.NotFound;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.SideProcesses;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Negotiates what a release contains when not everything that must be in fits, or when somebody asks for it: options are computed,
 * the owners of every item concerned answer, a counter-offer is computed anew, silence and disagreement go up the ladder, and every
 * ending is kept as it was.
 */
@Service
public class TradeOffs {

    /** The process that carries a negotiation. */
    public static final String PROCESS = "negotiate-trade-off";

    /** Stands for any product owner of the system, where an item has no owner of its own. */
    public static final String ANY_OWNER = "any";

    private static final int MOST = 50;
    private static final int MOST_ANSWERS = 5_000;
    private static final int LONGEST_TEXT = 2000;

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Scopes scopes;
    private final TradeOffSettings settings;
    private final SideProcesses processes;
    private final Permissions permissions;
    private final ObjectProvider<Escalations> escalations;
    private final ObjectProvider<Notices> notices;
    private final AuditTrail audit;
    private final Clock clock;

    TradeOffs(
            JdbcClient jdbc,
            ObjectMapper json,
            Scopes scopes,
            TradeOffSettings settings,
            SideProcesses processes,
            Permissions permissions,
            ObjectProvider<Escalations> escalations,
            ObjectProvider<Notices> notices,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.scopes = scopes;
        this.settings = settings;
        this.processes = processes;
        this.permissions = permissions;
        this.escalations = escalations;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** What an owner says. */
    public enum Answer {
        ACCEPT,
        REJECT,
        COUNTER
    }

    /** What a round of answers leads to. */
    public enum Outcome {
        AGREED,
        RECOMPUTE,
        DISAGREED
    }

    /** How a negotiation ended. */
    public enum Ending {
        AGREED("Agreed"),
        DECIDED("Decided by a release manager"),
        NONE("No option was taken"),
        WITHDRAWN("Withdrawn");

        private final String label;

        Ending(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * What an owner answers.
     *
     * @param accepted keys of the options that the owner can live with
     * @param capacity person days of a counter-offer
     * @param target day of a counter-offer
     * @param reason why; may be empty when something is accepted
     */
    public record Reply(
            Answer answer,
            List<String> accepted,
            @Nullable Integer capacity,
            @Nullable LocalDate target,
            String reason) {

        /** Copies the list. */
        public Reply {
            accepted = List.copyOf(accepted);
        }
    }

    /** An answer as it is kept. */
    public record Answered(
            int negotiation, String owner, String person, Answer answer, String accepted, String reason, Instant at) {}

    /**
     * A negotiation as it stands.
     *
     * @param options what is offered now
     * @param owners whose answers are waited for now
     * @param ending how it ended; null while it goes on
     * @param chosen what was taken; null when nothing was
     */
    public record Standing(
            int number,
            int round,
            String cause,
            List<String> needed,
            int negotiation,
            boolean escalated,
            @Nullable String openedBy,
            Instant openedAt,
            List<TradeOffOption> options,
            List<String> owners,
            List<Answered> answers,
            @Nullable Ending ending,
            @Nullable TradeOffOption chosen,
            @Nullable String decidedBy,
            @Nullable String reason,
            @Nullable Instant decidedAt) {

        /** Whether it goes on. */
        public boolean open() {
            return ending == null;
        }
    }

    /** Opens a negotiation as soon as what must be in does not fit. */
    @EventListener
    @Transactional
    public void clashed(ScopeClashed clashed) {
        if (openOf(clashed.release()).isEmpty()) {
            open(clashed.release(), null, clashed.clash(), Set.of());
        }
    }

    /** Ends what was negotiated about a proposal that was sent back. */
    @EventListener
    @Transactional
    public void reopened(ScopeReopened reopened) {
        withdraw(reopened.release(), "The scope was sent back.");
    }

    /** Ends what is negotiated about a release that is cancelled. */
    @EventListener
    @Transactional
    public void moved(ReleaseStateChanged moved) {
        if (moved.release().state() == ReleaseState.CANCELLED) {
            withdraw(moved.release(), "The release was cancelled.");
        }
    }

    /**
     * Opens a negotiation because items that were not proposed have to be in.
     *
     * @param needed keys of those items
     * @param cause why they have to be in
     * @throws Refused when nothing is proposed, one is open already, or the items are unknown or in
     */
    @Transactional
    public int request(Release release, String person, Set<String> needed, String cause) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        if (cause.isBlank() || cause.length() > LONGEST_TEXT) {
            throw new Refused("cause", "Please say in 1 to " + LONGEST_TEXT + " characters why this has to be in.");
        }
        Scopes.Ground ground = scopes.ground(release);
        if (openOf(release).isPresent()) {
            throw new Refused("needed", "A trade-off is being negotiated already; please wait for its end.");
        }
        Set<String> unknown = new TreeSet<>(needed);
        ground.items().forEach(item -> unknown.remove(item.key()));
        if (needed.isEmpty() || !unknown.isEmpty()) {
            throw new Refused(
                    "needed",
                    needed.isEmpty()
                            ? "Please name the items that have to be in."
                            : "There is no item " + Proposal.named(List.copyOf(unknown)) + " in this scope.");
        }
        if (ground.items().stream().filter(item -> needed.contains(item.key())).allMatch(ScopeItem::included)) {
            throw new Refused("needed", "What you name is in already.");
        }
        return open(release, person, cause.strip(), needed);
    }

    private int open(Release release, @Nullable String person, String cause, Set<String> needed) {
        Scopes.Ground ground = scopes.ground(release);
        int number = 1
                + jdbc.sql("select coalesce(max(trade_number), 0) from trade_off where release_id = ?")
                        .param(StoredIds.bytes(release))
                        .query(Integer.class)
                        .single();
        jdbc.sql(
                        "insert into trade_off (release_id, trade_number, round_number, cause, needed, negotiation, escalated, opened_by, opened_at) values (?, ?, ?, ?, ?, 1, false, ?, ?)")
                .params(Arrays.asList(
                        StoredIds.bytes(release),
                        number,
                        ground.round().number(),
                        cause,
                        write(new TreeSet<>(needed)),
                        person,
                        Bytes.moment(clock.instant())))
                .update();
        processes.start(
                release, PROCESS, Map.of("tradeOffNumber", number, "tradeOffSilence", "R3/" + settings.silence()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.openTradeOff",
                "trade-off " + number,
                Map.of(),
                Map.of("cause", cause, "needed", List.copyOf(needed))));
        return number;
    }

    /**
     * Computes the options of the present round of a negotiation, and says whose answers they need; computing again gives the same.
     *
     * @return ids of the owners, or {@link #ANY_OWNER}
     */
    @Transactional
    public List<String> compute(Release release, int number) {
        Standing standing = standing(release, number);
        if (!standing.options().isEmpty()) {
            return standing.owners();
        }
        Scopes.Ground ground = scopes.ground(release);
        Set<String> included = ground.items().stream()
                .filter(ScopeItem::included)
                .map(ScopeItem::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> needed = new LinkedHashSet<>(standing.needed());
        ground.items().stream()
                .filter(item -> item.asNew().mandatory(ground.terms().horizon()))
                .map(ScopeItem::key)
                .forEach(needed::add);
        List<TradeOffOption> options = TradeOffOption.computed(
                new TradeOffOption.Ground(
                        ground.items().stream().map(ScopeItem::asNew).toList(),
                        included,
                        ground.delivered(),
                        needed,
                        ground.terms(),
                        ground.round().target().orElse(null),
                        LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC),
                        settings.capacityPerDay()),
                counters(release, number, standing.negotiation() - 1));
        Set<String> concerned = new LinkedHashSet<>(standing.needed());
        options.forEach(option -> concerned.addAll(option.out()));
        needed.stream().filter(key -> !included.contains(key)).forEach(concerned::add);
        List<String> owners = ground.items().stream()
                .filter(item -> concerned.contains(item.key()))
                .map(item -> item.owner().orElse(ANY_OWNER))
                .distinct()
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
        if (owners.isEmpty()) {
            owners.add(ANY_OWNER);
        }
        jdbc.sql(
                        "insert into trade_off_offer (release_id, trade_number, negotiation, options, owners, computed_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        StoredIds.bytes(release),
                        number,
                        standing.negotiation(),
                        write(options),
                        write(owners),
                        Bytes.moment(clock.instant()))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.computeTradeOff",
                "trade-off " + number,
                Map.of(),
                Map.of("negotiation", standing.negotiation(), "options", options, "owners", owners)));
        return owners;
    }

    /**
     * Takes the answer of an owner. Anybody with the role answers for an item without an owner, and for an owner who kept silent.
     *
     * @throws Refused when the person is not the owner, the answer names no option, or a counter-offer offers nothing
     */
    @Transactional
    public void answer(Release release, int number, String owner, String person, Reply reply) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        Standing standing = standing(release, number);
        if (!owner.equals(ANY_OWNER) && !owner.equals(person) && !standing.escalated()) {
            throw new Refused(
                    "This answer is for the owner of an item; others answer only after the owner kept silent.");
        }
        Set<String> known = standing.options().stream().map(TradeOffOption::key).collect(Collectors.toSet());
        if (reply.answer() == Answer.ACCEPT && (reply.accepted().isEmpty() || !known.containsAll(reply.accepted()))) {
            throw new Refused("acceptedOptions", "Please tick the options that you can live with, at least one.");
        }
        if (reply.answer() == Answer.COUNTER
                && ((reply.capacity() == null && reply.target() == null)
                        || (reply.capacity() != null && (reply.capacity() < 1 || reply.capacity() > 100_000)))) {
            throw new Refused(
                    "counterCapacity",
                    "A counter-offer names a capacity from 1 to 100000 person days, a day, or both.");
        }
        if ((reply.answer() != Answer.ACCEPT && reply.reason().isBlank())
                || reply.reason().length() > LONGEST_TEXT) {
            throw new Refused("answerReason", "Please say in 1 to " + LONGEST_TEXT + " characters why.");
        }
        jdbc.sql(
                        "insert into trade_off_answer (release_id, trade_number, negotiation, owner_id, person_id, answer, accepted, counter_capacity, counter_target, reason, answered_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        StoredIds.bytes(release),
                        number,
                        standing.negotiation(),
                        owner,
                        person,
                        reply.answer().name(),
                        reply.answer() == Answer.ACCEPT ? String.join(" ", reply.accepted()) : "",
                        reply.answer() == Answer.COUNTER ? reply.capacity() : null,
                        reply.answer() == Answer.COUNTER && reply.target() != null
                                ? reply.target().toString()
                                : null,
                        reply.reason().strip(),
                        Bytes.moment(clock.instant())))
                .update();
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.answerTradeOff",
                "trade-off " + number,
                Map.of(),
                Map.of("answer", reply.answer().name(), "accepted", reply.accepted(), "reason", reply.reason())));
    }

    /** What the answers of the present round lead to; concluding again gives the same until the next round is computed. */
    @Transactional
    public Outcome conclude(Release release, int number) {
        Standing standing = standing(release, number);
        if (standing.ending() != null) {
            return Outcome.AGREED;
        }
        List<Answered> answers = standing.answers().stream()
                .filter(answer -> answer.negotiation() == standing.negotiation())
                .toList();
        Set<String> common = standing.options().stream()
                .map(TradeOffOption::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        answers.forEach(answer -> common.retainAll(Set.of(answer.accepted().split(" ", -1))));
        Optional<TradeOffOption> agreed = standing.options().stream()
                .filter(option -> common.contains(option.key()))
                .max(java.util.Comparator.comparingInt(TradeOffOption::value));
        if (!answers.isEmpty() && agreed.isPresent()) {
            keep(release, number, Ending.AGREED, agreed.get(), null, "Every owner can live with it.");
            return Outcome.AGREED;
        }
        boolean counter = answers.stream().anyMatch(answer -> answer.answer() == Answer.COUNTER);
        if (counter && standing.negotiation() < settings.rounds()) {
            jdbc.sql(
                            "update trade_off set negotiation = ?, escalated = false where release_id = ? and trade_number = ?")
                    .params(standing.negotiation() + 1, StoredIds.bytes(release), number)
                    .update();
            return Outcome.RECOMPUTE;
        }
        return Outcome.DISAGREED;
    }

    /** Takes a silence or a disagreement up the ladder, and lets others answer for those who kept silent. */
    @Transactional
    public void escalate(Release release, int number, boolean silence) {
        Standing standing = standing(release, number);
        jdbc.sql("update trade_off set escalated = true where release_id = ? and trade_number = ?")
                .params(StoredIds.bytes(release), number)
                .update();
        List<String> brief = new ArrayList<>(List.of(standing.cause()));
        standing.options().forEach(option -> brief.add(option.label() + ": " + option.effect()));
        standing.answers().stream()
                .filter(answer -> !answer.reason().isEmpty())
                .forEach(answer -> brief.add(answer.answer() + ": " + answer.reason()));
        escalations.ifAvailable(ladder -> ladder.raise(
                release,
                "trade-off/" + number,
                silence
                        ? "Owners of items of " + release.key() + " have not answered a trade-off; what do they say?"
                        : "The owners of items of " + release.key() + " do not agree; which option is taken?",
                brief));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.escalateTradeOff",
                "trade-off " + number,
                Map.of(),
                Map.of("because", silence ? "silence" : "disagreement")));
    }

    /**
     * Decides where the owners do not agree.
     *
     * @param option key of the option that is taken; empty for none
     * @throws Refused when the person answered as an owner, or there is no such option
     */
    @Transactional
    public void decide(Release release, int number, String person, Optional<String> option, String reason) {
        permissions.require(release, person, Role.RELEASE_MANAGER);
        Standing standing = standing(release, number);
        if (standing.answers().stream().anyMatch(answer -> answer.person().equals(person))) {
            throw new Refused("Whoever answered as an owner does not decide; please ask another release manager.");
        }
        if (reason.isBlank() || reason.length() > LONGEST_TEXT) {
            throw new Refused("decisionReason", "Please say in 1 to " + LONGEST_TEXT + " characters why.");
        }
        Optional<TradeOffOption> chosen = option.map(key -> standing.options().stream()
                .filter(offered -> offered.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Refused("takenOption", "There is no option " + key + ".")));
        keep(release, number, chosen.isPresent() ? Ending.DECIDED : Ending.NONE, chosen.orElse(null), person, reason);
    }

    /** Puts the decision into the scope, unless the scope has moved on; applying again changes nothing. */
    @Transactional
    public void apply(Release release, int number) {
        Standing standing = standing(release, number);
        TradeOffOption chosen = standing.chosen();
        if (chosen != null) {
            scopes.settle(
                    release,
                    standing.round(),
                    chosen,
                    "trade-off " + number + ", " + chosen.label().toLowerCase(java.util.Locale.ROOT));
        }
        notices.ifAvailable(told -> told.tell(Notices.Notice.of(
                release,
                "trade-off/" + number,
                "scope.tradeOffDecided",
                Set.of(Role.PRODUCT_OWNER, Role.RELEASE_MANAGER),
                "Trade-off of " + release.key() + " has ended",
                List.of(
                        standing.cause(),
                        chosen == null ? "No option was taken." : chosen.label() + ". " + chosen.effect()))));
    }

    /** All negotiations of a release, the latest first. */
    @Transactional(readOnly = true)
    public List<Standing> of(Release release) {
        return standings(release, Optional.empty());
    }

    /**
     * One negotiation.
     *
     * @throws NotFound when there is none with this number
     */
    @Transactional(readOnly = true)
    public Standing standing(Release release, int number) {
        return standings(release, Optional.of(number)).stream()
                .findFirst()
                .orElseThrow(() -> new NotFound("trade-off", release.key() + "/" + number));
    }

    /** The newest first, or the one that is asked for; two statements, however many there are. */
    private List<Standing> standings(Release release, Optional<Integer> wanted) {
        Map<Integer, List<Answered>> answers = new HashMap<>();
        jdbc.sql("select trade_number, negotiation, owner_id, person_id, answer, accepted, reason, answered_at"
                        + " from trade_off_answer where release_id = :release"
                        + (wanted.isPresent() ? " and trade_number = :number" : "")
                        + " order by trade_number desc, negotiation, answered_at limit " + MOST_ANSWERS)
                .params(which(release, wanted))
                .query((row, i) -> answers.computeIfAbsent(row.getInt(1), number -> new ArrayList<>())
                        .add(new Answered(
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                Answer.valueOf(row.getString(5)),
                                row.getString(6),
                                row.getString(7),
                                row.getTimestamp(8).toInstant())))
                .list();
        return jdbc.sql("""
                        select t.round_number, t.cause, t.needed, t.negotiation, t.escalated, t.opened_by, t.opened_at,
                               o.options, o.owners, d.ending, d.chosen, d.person_id, d.reason, d.decided_at, t.trade_number
                        from trade_off t
                        left join trade_off_offer o on o.release_id = t.release_id and o.trade_number = t.trade_number
                              and o.negotiation = t.negotiation
                        left join trade_off_decision d on d.release_id = t.release_id and d.trade_number = t.trade_number
                        where t.release_id = :release
                        """
                        + (wanted.isPresent() ? " and t.trade_number = :number" : "")
                        + " order by t.trade_number desc limit " + MOST)
                .params(which(release, wanted))
                .query((row, i) -> new Standing(
                        row.getInt(15),
                        row.getInt(1),
                        row.getString(2),
                        texts(row.getString(3)),
                        row.getInt(4),
                        row.getBoolean(5),
                        row.getString(6),
                        row.getTimestamp(7).toInstant(),
                        options(row.getString(8)),
                        texts(row.getString(9)),
                        answers.getOrDefault(row.getInt(15), List.of()),
                        row.getString(10) == null ? null : Ending.valueOf(row.getString(10)),
                        option(row.getString(11)),
                        row.getString(12),
                        row.getString(13),
                        row.getTimestamp(14) == null
                                ? null
                                : row.getTimestamp(14).toInstant()))
                .list();
    }

    private static Map<String, Object> which(Release release, Optional<Integer> wanted) {
        Map<String, Object> which = new HashMap<>();
        which.put("release", StoredIds.bytes(release));
        wanted.ifPresent(number -> which.put("number", number));
        return which;
    }

    private Optional<Standing> openOf(Release release) {
        return of(release).stream().filter(Standing::open).findFirst();
    }

    private void withdraw(Release release, String reason) {
        openOf(release).ifPresent(open -> {
            keep(release, open.number(), Ending.WITHDRAWN, null, null, reason);
            processes.end(release.key(), PROCESS, reason);
        });
    }

    private List<TradeOffOption.Counter> counters(Release release, int number, int negotiation) {
        return jdbc.sql(
                        "select counter_capacity, counter_target from trade_off_answer where release_id = ? and trade_number = ? and negotiation = ? and answer = 'COUNTER' order by answered_at")
                .params(StoredIds.bytes(release), number, negotiation)
                .query((row, i) -> {
                    int capacity = row.getInt(1);
                    Integer said = row.wasNull() ? null : (Integer) capacity;
                    String day = row.getString(2);
                    return new TradeOffOption.Counter(said, day == null ? null : LocalDate.parse(day));
                })
                .list();
    }

    private void keep(
            Release release,
            int number,
            Ending ending,
            @Nullable TradeOffOption chosen,
            @Nullable String person,
            String reason) {
        jdbc.sql(
                        "insert into trade_off_decision (release_id, trade_number, ending, chosen, person_id, reason, decided_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        StoredIds.bytes(release),
                        number,
                        ending.name(),
                        chosen == null ? null : write(chosen),
                        person,
                        reason.strip(),
                        Bytes.moment(clock.instant())))
                .update();
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("ending", ending.name());
        after.put("option", chosen == null ? "" : chosen);
        after.put("reason", reason.strip());
        audit.record(AuditTrail.Entry.of(release.id(), "scope.decideTradeOff", "trade-off " + number, Map.of(), after));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A trade-off cannot be written", e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A trade-off on record cannot be read", e);
        }
    }

    private List<String> texts(@Nullable String text) {
        return text == null ? List.of() : read(text, new TypeReference<List<String>>() {});
    }

    private List<TradeOffOption> options(@Nullable String text) {
        return text == null ? List.of() : read(text, new TypeReference<List<TradeOffOption>>() {});
    }

    private @Nullable TradeOffOption option(@Nullable String text) {
        return text == null ? null : read(text, new TypeReference<TradeOffOption>() {});
    }
}
