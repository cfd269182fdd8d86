package io.slipway.scope;

import io.slipway.platform.data.Canonical;
import io.slipway.platform.data.ListTotal;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.platform.process.RuleTables;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.AuditTrail;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseCopies;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides what a release contains, in rounds: items are supplied, a selection is proposed with a reason for each, a person confirms
 * it, and it is frozen. What is frozen never changes; content that changes begins the next round.
 */
@Service
public class Scopes {

    /** Most bytes that a file of items may have. */
    public static final int MOST_BYTES = 1_048_576;

    /** The decision that gives a release its class. */
    static final String CLASS_DECISION = "release-class";

    private static final int LONGEST_TEXT = 2000;
    private static final int KEYS_PER_QUERY = 500;

    private final ScopeRoundRepository rounds;
    private final ScopeItemRepository items;
    private final Releases releases;
    private final ReleaseCopies copies;
    private final Permissions permissions;
    private final PinnedDecisions decisions;
    private final People people;
    private final ScopeSettings settings;
    private final OpenBriefs briefs;
    private final RuleTables tables;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    Scopes(
            ScopeRoundRepository rounds,
            ScopeItemRepository items,
            Releases releases,
            ReleaseCopies copies,
            Permissions permissions,
            PinnedDecisions decisions,
            People people,
            ScopeSettings settings,
            OpenBriefs briefs,
            RuleTables tables,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rounds = rounds;
        this.items = items;
        this.releases = releases;
        this.copies = copies;
        this.permissions = permissions;
        this.decisions = decisions;
        this.people = people;
        this.settings = settings;
        this.briefs = briefs;
        this.tables = tables;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What a product owner says when confirming a proposal.
     *
     * @param exclusions reason by key of every item that is to be left out though it was proposed
     * @param deferrals reason by key of every item that is left to a later release
     * @param additions reason by key of every item that is to be in though it was not proposed
     * @param usersAffected how many users notice the release
     * @param remark anything worth keeping; may be missing
     */
    public record Confirmation(
            Map<String, String> exclusions,
            Map<String, String> deferrals,
            Map<String, String> additions,
            UsersAffected usersAffected,
            @Nullable String remark) {

        /** Keeps its own copy of the reasons. */
        public Confirmation {
            exclusions = Map.copyOf(exclusions);
            deferrals = Map.copyOf(deferrals);
            additions = Map.copyOf(additions);
        }

        /** Only leaves out. */
        public Confirmation(Map<String, String> exclusions, UsersAffected usersAffected, @Nullable String remark) {
            this(exclusions, Map.of(), Map.of(), usersAffected, remark);
        }
    }

    /**
     * Begins a round when there is none in which items can be supplied; the items of the round before are taken over, undecided. With
     * a round that is open already nothing happens.
     */
    @Transactional
    public void openRound(Release release) {
        int last = rounds.lastNumber(release.id().value()).orElse(0);
        Optional<ScopeRound> before = last == 0 ? Optional.empty() : Optional.of(locked(release, last));
        if (before.filter(round -> round.state() == ScopeRound.State.SUPPLYING).isPresent()) {
            return;
        }
        ScopeRound opened = rounds.save(new ScopeRound(release.id(), last + 1, clock.instant()));
        before.map(ScopeRound::id)
                .or(() -> copied(release))
                .ifPresent(round -> put(
                        opened,
                        items.findByScopeOrderByPosition(round).stream()
                                .map(ScopeItem::asNew)
                                .toList()));
        events.publishEvent(new ScopeChanged(release));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.openRound",
                subject(opened),
                before.<Map<String, ?>>map(round ->
                                Map.of("round", last, "state", round.state().name()))
                        .orElse(Map.of()),
                Map.of("round", opened.number())));
    }

    /** The newest round of the release that this one was copied from, if its items were to be taken over. */
    private Optional<ScopeRound.Id> copied(Release release) {
        return copies.itemsOf(release).flatMap(source -> rounds.lastNumber(source.value())
                .map(number -> new ScopeRound.Id(source.value(), number)));
    }

    /**
     * Takes the items of a CSV file in place of those that were supplied before in this round; of a file with a fault none is taken.
     *
     * @param file UTF-8, at most 1 MB and 5,000 items, with the columns key, title, kind, value, effort, risk, breaking,
     *     data_migration, depends_on, and if wanted component, owner, due, critical
     * @return how many items were taken
     * @throws ItemsRefused with every fault of the file
     * @throws Refused when the person may not supply items, or items are not asked for now
     */
    @Transactional
    public int importItems(Release release, String person, byte[] file) {
        return replaceItems(release, person, () -> ItemsFile.read(file, this::idOf));
    }

    /**
     * Takes the items of a JSON list in place of those that were supplied before in this round, as {@link #importItems} does.
     *
     * @param list UTF-8, at most 1 MB and 5,000 items, each with the columns of the file as fields
     * @return how many items were taken
     * @throws ItemsRefused with every fault of the list
     */
    @Transactional
    public int importJson(Release release, String person, byte[] list) {
        return replaceItems(release, person, () -> ItemsFile.readJson(list, this::idOf));
    }

    private Optional<String> idOf(String login) {
        return people.findByLogin(login).map(Person::id);
    }

    private int replaceItems(Release release, String person, Supplier<List<NewItem>> reading) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        ScopeRound round = expected(
                release,
                ScopeRound.State.SUPPLYING,
                "Items can be supplied only while the task 'Supply items' waits; please ask for a change of content first.");
        List<NewItem> supplied = reading.get();
        List<NewItem> replaced = asNew(round);
        items.clear(round.id());
        put(round, supplied);
        round.supplied(person);
        events.publishEvent(new ScopeChanged(release));
        audit.record(AuditTrail.Entry.of(
                release.id(), "scope.importItems", subject(round), summary(replaced), summary(supplied)));
        return supplied.size();
    }

    /**
     * Says that all items are supplied.
     *
     * @param note anything worth keeping; may be missing
     * @throws Refused when there is none
     */
    @Transactional
    public void supply(Release release, String person, @Nullable String note) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        ScopeRound round = expected(release, ScopeRound.State.SUPPLYING, "The items were supplied already.");
        List<NewItem> supplied = asNew(round);
        if (supplied.isEmpty()) {
            throw new Refused("Please hand in the items on the page of the release first; there is none yet.");
        }
        audit.record(
                AuditTrail.Entry.of(release.id(), "scope.supplyItems", subject(round), Map.of(), summary(supplied)));
    }

    /** Decides on every item and notes the reasons; proposing again gives the same. */
    @Transactional
    public void propose(Release release) {
        ScopeRound round = current(release);
        if (round.state() != ScopeRound.State.SUPPLYING && round.state() != ScopeRound.State.PROPOSED) {
            throw new Refused("The scope of " + release.key() + " is decided already.");
        }
        List<ScopeItem> all = items.findByScopeOrderByPosition(round.id());
        Proposal proposal = proposal(release, all, terms(round, Set.of(), Set.of()));
        all.forEach(item -> {
            Proposal.Verdict verdict = proposal.on(item.key());
            item.decide(verdict.included(), verdict.reason());
        });
        round.proposed(proposal.clash().orElse(null));
        events.publishEvent(new ScopeChanged(release));
        proposal.clash().ifPresent(clash -> events.publishEvent(new ScopeClashed(release, clash)));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.propose",
                subject(round),
                Map.of(),
                Map.of(
                        "in",
                        inKeys(all),
                        "capacity",
                        capacity(round),
                        "proven",
                        proposal.proven(),
                        "clash",
                        proposal.clash().orElse(""))));
    }

    /**
     * Says what the scope may cost and until when the release is wanted, from which the proposal follows.
     *
     * @param capacity person days, 1 to 100,000
     * @param target the day on which it is wanted; may be missing
     * @throws Refused when that is no capacity, the day is over, or items are not asked for now
     */
    @Transactional
    public void setTerms(Release release, String person, int capacity, @Nullable LocalDate target) {
        permissions.require(release, person, Role.PRODUCT_OWNER, Role.RELEASE_MANAGER);
        if (capacity < 1 || capacity > 100_000) {
            throw new Refused("capacity", "The capacity is a number of person days from 1 to 100000.");
        }
        if (target != null && (target.isBefore(today()) || target.isAfter(today().plusYears(5)))) {
            throw new Refused("target", "The day on which the release is wanted lies between today and in five years.");
        }
        ScopeRound round = expected(
                release,
                ScopeRound.State.SUPPLYING,
                "Capacity and day can be said only while the task 'Supply items' waits; afterwards they are negotiated.");
        Map<String, ?> before = Map.of(
                "capacity",
                capacity(round),
                "target",
                String.valueOf(round.target().orElse(null)));
        round.mayCost(capacity, target);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.setTerms",
                subject(round),
                before,
                Map.of("capacity", capacity, "target", String.valueOf(target))));
    }

    /** Person days that the scope of a round may take. */
    public int capacity(ScopeRound round) {
        return round.capacity().orElse(settings.capacity());
    }

    private Proposal.Terms terms(ScopeRound round, Set<String> unwanted, Set<String> wanted) {
        LocalDate from = round.target().orElse(today());
        return new Proposal.Terms(
                unwanted,
                wanted,
                capacity(round),
                from.plusDays(settings.horizon().toDays()),
                settings.proposalLimit());
    }

    /** What a trade-off is computed from. */
    record Ground(ScopeRound round, List<ScopeItem> items, Set<String> delivered, Proposal.Terms terms) {}

    /**
     * What is proposed and not yet confirmed.
     *
     * @throws Refused when nothing is
     */
    @Transactional
    Ground ground(Release release) {
        ScopeRound round = expected(
                release,
                ScopeRound.State.PROPOSED,
                "A trade-off is about a proposal that is not confirmed yet; please ask for a change of content first.");
        List<ScopeItem> all = items.findByScopeOrderByPosition(round.id());
        return new Ground(
                round,
                all,
                delivered(release, all.stream().map(ScopeItem::asNew).toList()),
                terms(round, Set.of(), Set.of()));
    }

    /**
     * Puts what was negotiated into the proposal; a round that has moved on stays as it is.
     *
     * @param why the negotiation, as the reason of every item that it moves
     */
    @Transactional
    void settle(Release release, int number, TradeOffOption chosen, String why) {
        ScopeRound round = current(release);
        if (round.number() != number || round.state() != ScopeRound.State.PROPOSED) {
            return;
        }
        List<ScopeItem> all = items.findByScopeOrderByPosition(round.id());
        List<String> before = inKeys(all);
        round.mayCost(chosen.capacity(), chosen.target() == null ? null : LocalDate.parse(chosen.target()));
        Map<String, String> reasons = reasonsAfter(release, round, all, chosen, why);
        for (ScopeItem item : all) {
            boolean in = chosen.in().contains(item.key());
            if (!in && chosen.out().contains(item.key())) {
                if (chosen.deferred()) {
                    item.defer("deferred: " + why);
                } else {
                    item.decide(false, "left out: " + why);
                }
            } else if (in != item.included()) {
                item.decide(in, (in ? "taken in: " : "left out: ") + why);
            } else if (item.decision() != ItemDecision.DEFERRED) {
                item.decide(in, reasons.getOrDefault(item.key(), item.reason()));
            }
        }
        round.settled();
        events.publishEvent(new ScopeChanged(release));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.applyTradeOff",
                subject(round),
                Map.of("in", before),
                Map.of("in", inKeys(all), "capacity", chosen.capacity(), "why", why)));
        rounds.flush();
        briefs.renew(release.key(), "scope-release", "userTask_confirmScope");
    }

    /** Why what a negotiation does not move is in or out from then on; what an earlier one moved keeps its reason. */
    private Map<String, String> reasonsAfter(
            Release release, ScopeRound round, List<ScopeItem> all, TradeOffOption chosen, String why) {
        Set<String> in = Set.copyOf(chosen.in());
        Set<String> others = all.stream()
                .map(ScopeItem::key)
                .filter(key -> !in.contains(key))
                .collect(Collectors.toSet());
        Set<String> given =
                chosen.out().stream().filter(key -> !in.contains(key)).collect(Collectors.toSet());
        LocalDate horizon = terms(round, Set.of(), Set.of()).horizon();
        Proposal inside = proposal(
                release,
                all,
                new Proposal.Terms(others, Set.of(), Integer.MAX_VALUE, horizon, settings.proposalLimit()));
        Proposal beside = proposal(
                release, all, new Proposal.Terms(given, in, chosen.capacity(), horizon, settings.proposalLimit()));
        Map<String, String> reasons = new LinkedHashMap<>();
        for (ScopeItem item : all) {
            if (item.reason().startsWith("taken in: ") || item.reason().startsWith("left out: trade-off ")) {
                continue;
            }
            Proposal.Verdict verdict = (in.contains(item.key()) ? inside : beside).on(item.key());
            if (verdict.included() == in.contains(item.key())) {
                reasons.put(item.key(), verdict.reason());
            } else if (verdict.included()) {
                reasons.put(item.key(), "left out: " + why + ", which is about other items");
            }
        }
        return reasons;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /**
     * Confirms what was proposed, less what the person leaves out or defers, and with what the person adds. What was only needed by
     * something that is left out now goes as well, and what an addition needs comes with it; nothing else changes.
     *
     * @throws Refused when an item that is left out is needed by one that stays, when a reason is missing, when what is added does not
     *     fit or cannot be delivered, when nothing would be left, or while what must be in clashes and nobody has negotiated it
     */
    @Transactional
    public void confirm(Release release, String person, Confirmation confirmation) {
        permissions.require(release, person, Role.PRODUCT_OWNER);
        ScopeRound round = expected(release, ScopeRound.State.PROPOSED, "There is no proposal to be confirmed.");
        round.clash().ifPresent(clash -> {
            throw new Refused(
                    "scopeDecision",
                    clash + " Please negotiate a trade-off on the page of the scope first, or send the scope back.");
        });
        List<ScopeItem> all = items.findByScopeOrderByPosition(round.id());
        Map<String, String> exclusions = new LinkedHashMap<>();
        confirmation.exclusions().forEach((key, reason) -> exclusions.put(key, reason.strip()));
        confirmation.deferrals().forEach((key, reason) -> exclusions.put(key, reason.strip()));
        refuseWrong(all, "excludedItems", exclusions, "left out");
        refuseWrong(all, "addedItems", confirmation.additions(), "taken in");
        refuseContradictions(exclusions.keySet(), confirmation);
        List<String> before = inKeys(all);
        Set<String> unwanted = all.stream()
                .filter(item -> !item.included() || exclusions.containsKey(item.key()))
                .map(ScopeItem::key)
                .filter(key -> !confirmation.additions().containsKey(key))
                .collect(Collectors.toSet());
        Set<String> kept = kept(round, all, exclusions.keySet());
        Proposal proposal = proposal(
                release,
                all,
                new Proposal.Terms(
                        unwanted,
                        Stream.concat(kept.stream(), confirmation.additions().keySet().stream())
                                .collect(Collectors.toSet()),
                        Integer.MAX_VALUE,
                        LocalDate.MIN,
                        settings.proposalLimit()));
        refuseLost(proposal, kept);
        refuseMissingNeeds(all, proposal, exclusions.keySet());
        refuseAdditions(round, all, proposal, confirmation.additions().keySet());
        for (ScopeItem item : all) {
            String out = exclusions.get(item.key());
            String added = confirmation.additions().get(item.key());
            Proposal.Verdict verdict = proposal.on(item.key());
            if (out != null && confirmation.deferrals().containsKey(item.key())) {
                item.defer("deferred: " + out);
            } else if (out != null) {
                item.decide(false, item.included() ? "left out: " + out : item.reason());
            } else if (added != null && !item.included()) {
                item.decide(true, "taken in: " + added.strip());
            } else if (verdict.included() != item.included()) {
                item.decide(verdict.included(), verdict.reason());
            }
        }
        if (all.stream().noneMatch(ScopeItem::included)) {
            throw new Refused(
                    "excludedItems", "Nothing would be left to release; please keep an item or send the scope back.");
        }
        round.confirmed(person, confirmation.usersAffected(), confirmation.remark(), clock.instant());
        events.publishEvent(new ScopeChanged(release));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.confirm",
                subject(round),
                Map.of("in", before),
                Map.of(
                        "in",
                        inKeys(all),
                        "excluded",
                        exclusions,
                        "deferred",
                        confirmation.deferrals(),
                        "added",
                        confirmation.additions(),
                        "usersAffected",
                        confirmation.usersAffected().name())));
    }

    /**
     * Sends a proposal back, so that other items are supplied.
     *
     * @throws Refused when no reason is given
     */
    @Transactional
    public void sendBack(Release release, String person, String reason) {
        permissions.require(release, person, Role.PRODUCT_OWNER);
        ScopeRound round = expected(release, ScopeRound.State.PROPOSED, "There is no proposal to be sent back.");
        if (reason.isBlank() || reason.length() > LONGEST_TEXT) {
            throw new Refused(
                    "scopeReason", "Please say in 1 to " + LONGEST_TEXT + " characters why the scope is sent back.");
        }
        round.sentBack(person, reason.strip(), clock.instant());
        events.publishEvent(new ScopeReopened(release));
        audit.record(AuditTrail.Entry.of(
                release.id(), "scope.sendBack", subject(round), Map.of(), Map.of("reason", reason.strip())));
    }

    /** Freezes what was confirmed, under a digest, and gives the facts from which the class follows; freezing again gives the same. */
    @Transactional
    public ClassFacts freeze(Release release) {
        ScopeRound round = current(release);
        if (round.state() == ScopeRound.State.FROZEN) {
            return facts(release, round);
        }
        if (round.state() != ScopeRound.State.CONFIRMED) {
            throw new Refused("The scope of " + release.key() + " must be confirmed before it is frozen.");
        }
        round.frozen(digest(release, round), clock.instant());
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.freeze",
                subject(round),
                Map.of("state", ScopeRound.State.CONFIRMED.name()),
                Map.of(
                        "state",
                        ScopeRound.State.FROZEN.name(),
                        "digest",
                        round.digest().orElse(""))));
        return facts(release, round);
    }

    /**
     * Records the class of a frozen scope. The table is asked again, in the version that the release recorded and with the facts on
     * record.
     *
     * @param claimed what the process says that the class is
     * @throws IllegalStateException when the process says something else than the table
     */
    @Transactional
    public ReleaseClass recordClass(Release release, String claimed) {
        ScopeRound round =
                expected(release, ScopeRound.State.FROZEN, "The scope of " + release.key() + " is not frozen.");
        ClassFacts facts = facts(release, round);
        PinnedDecisions.Answer answer = decisions.evaluate(release.key(), CLASS_DECISION, facts.asInputs());
        String given = String.valueOf(answer.single());
        if (!given.equals(claimed)) {
            throw new IllegalStateException("The variable 'releaseClass' says " + claimed + ", but version "
                    + answer.version() + " of " + CLASS_DECISION + " gives " + given + " for the frozen scope of "
                    + release.key() + "; please set the variable back to " + given + " and retry.");
        }
        ReleaseClass releaseClass = ReleaseClass.valueOf(given);
        String before = round.releaseClass().map(Enum::name).orElse("");
        ClassReason why = ClassReason.of(facts, tables.open(release.key(), CLASS_DECISION));
        round.classified(releaseClass, answer.version(), why);
        releases.classify(release.id(), releaseClass);
        Map<String, Object> after = new LinkedHashMap<>(facts.asInputs());
        after.put("class", given);
        after.put("table", answer.version());
        after.put("rule", why.rule());
        after.put("nearest", why.nearest());
        audit.record(
                AuditTrail.Entry.of(release.id(), "scope.recordClass", subject(round), Map.of("class", before), after));
        return releaseClass;
    }

    /** Records another class than the table gave, as people decided. */
    @Transactional
    void reclassify(Release release, ReleaseClass wanted) {
        ScopeRound round =
                expected(release, ScopeRound.State.FROZEN, "The scope of " + release.key() + " is not frozen.");
        String before = round.releaseClass().map(Enum::name).orElse("");
        round.reclassified(wanted);
        releases.classify(release.id(), wanted);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.overrideClass",
                subject(round),
                Map.of("class", before),
                Map.of("class", wanted.name())));
    }

    /** The latest round; empty before the first one. */
    @Transactional(readOnly = true)
    public Optional<ScopeRound> latest(Release release) {
        return rounds.findFirstByIdReleaseOrderByIdRoundDesc(release.id().value());
    }

    /** All rounds, the latest first. */
    @Transactional(readOnly = true)
    public List<ScopeRound> history(Release release) {
        return rounds.findByIdReleaseOrderByIdRoundDesc(release.id().value());
    }

    /** The items of the latest round in the order of their file. */
    @Transactional(readOnly = true)
    public List<ScopeItem> items(Release release) {
        return latest(release)
                .map(round -> items.findByScopeOrderByPosition(round.id()))
                .orElse(List.of());
    }

    /** A page of the items of the latest round. */
    @Transactional(readOnly = true)
    public Page<ScopeItem> items(Release release, Pageable page) {
        return latest(release)
                .<Page<ScopeItem>>map(round -> new PageImpl<>(
                        items.findByScopeOrderByPosition(round.id(), page),
                        page,
                        items.counted(round.id(), Limit.of(ListTotal.most(page)))
                                .size()))
                .orElse(Page.empty(page));
    }

    /**
     * The latest round if it is frozen and its items are still those that were frozen.
     *
     * @throws IllegalStateException when it is not frozen, or was changed past this program
     */
    @Transactional(readOnly = true, noRollbackFor = IllegalStateException.class)
    public ScopeRound frozen(Release release) {
        ScopeRound round = latest(release)
                .filter(found -> found.state() == ScopeRound.State.FROZEN)
                .orElseThrow(() -> new IllegalStateException("The scope of " + release.key() + " is not frozen"));
        if (!digest(release, round).equals(round.digest().orElse(""))) {
            throw new IllegalStateException("The items in the scope of " + release.key()
                    + " are not those that were frozen; please have the database looked into");
        }
        return round;
    }

    /** What items of the scope need though it is neither part of it nor was delivered before, one {@code "A needs B"} each. */
    @Transactional(readOnly = true)
    public List<String> missingNeeds(Release release) {
        List<ScopeItem> in = items(release).stream().filter(ScopeItem::included).toList();
        Set<String> there = in.stream().map(ScopeItem::key).collect(Collectors.toSet());
        there.addAll(delivered(release, in.stream().map(ScopeItem::asNew).toList()));
        return in.stream()
                .flatMap(item -> item.dependsOn().stream()
                        .filter(needed -> !there.contains(needed))
                        .map(needed -> item.key() + " needs " + needed))
                .toList();
    }

    private Proposal proposal(Release release, List<ScopeItem> all, Proposal.Terms terms) {
        List<NewItem> candidates = all.stream().map(ScopeItem::asNew).toList();
        return Proposal.of(candidates, delivered(release, candidates), terms);
    }

    /** What these items need of items that are not among them and were delivered before. */
    private Set<String> delivered(Release release, List<NewItem> candidates) {
        Set<String> atHand = candidates.stream().map(NewItem::key).collect(Collectors.toSet());
        List<String> elsewhere = candidates.stream()
                .flatMap(item -> item.dependsOn().stream())
                .distinct()
                .filter(key -> !atHand.contains(key))
                .toList();
        Set<String> delivered = new HashSet<>();
        for (int from = 0; from < elsewhere.size(); from += KEYS_PER_QUERY) {
            delivered.addAll(items.delivered(
                    release.system(), elsewhere.subList(from, Math.min(from + KEYS_PER_QUERY, elsewhere.size()))));
        }
        return delivered;
    }

    /**
     * What is in for its own sake and stays: it is worth something, must be in, or is in though nothing needs it, as a negotiation may
     * have put it there. The rest is in for what needs it, and goes with that.
     */
    private Set<String> kept(ScopeRound round, List<ScopeItem> all, Set<String> excluded) {
        LocalDate horizon = terms(round, Set.of(), Set.of()).horizon();
        Set<String> needed = all.stream()
                .filter(ScopeItem::included)
                .flatMap(item -> item.dependsOn().stream())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(item -> item.included() && !excluded.contains(item.key()))
                .filter(item -> item.value() > 0 || item.asNew().mandatory(horizon) || !needed.contains(item.key()))
                .map(ScopeItem::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void refuseLost(Proposal proposal, Set<String> kept) {
        List<String> lost = kept.stream()
                .filter(key -> !proposal.on(key).included())
                .map(key -> key + " is " + proposal.on(key).reason())
                .toList();
        if (!lost.isEmpty()) {
            throw new Refused(
                    "excludedItems",
                    "What was proposed cannot be delivered any more: " + Proposal.named(lost)
                            + "; please leave it out yourself or send the scope back.");
        }
    }

    private static void refuseWrong(List<ScopeItem> all, String field, Map<String, String> reasons, String what) {
        Set<String> unknown = new LinkedHashSet<>(reasons.keySet());
        all.forEach(item -> unknown.remove(item.key()));
        if (!unknown.isEmpty()) {
            throw new Refused(field, "There is no item " + Proposal.named(List.copyOf(unknown)) + " in this scope.");
        }
        reasons.forEach((key, reason) -> {
            if (reason.isBlank() || reason.length() > LONGEST_TEXT) {
                throw new Refused(
                        "scopeReason",
                        "Please say in 1 to " + LONGEST_TEXT + " characters why " + key + " is " + what + ".");
            }
        });
    }

    private static void refuseContradictions(Set<String> out, Confirmation confirmation) {
        List<String> both = Stream.concat(
                        confirmation.additions().keySet().stream().filter(out::contains),
                        confirmation.deferrals().keySet().stream().filter(confirmation.exclusions()::containsKey))
                .toList();
        if (!both.isEmpty()) {
            throw new Refused(
                    "excludedItems", "Please decide on " + Proposal.named(both) + " in one way: in, out or deferred.");
        }
    }

    private void refuseAdditions(ScopeRound round, List<ScopeItem> all, Proposal proposal, Set<String> added) {
        List<String> impossible = added.stream()
                .filter(key -> !proposal.on(key).included())
                .map(key -> key + " is " + proposal.on(key).reason())
                .toList();
        if (!impossible.isEmpty()) {
            throw new Refused("addedItems", "This cannot be taken in: " + Proposal.named(impossible) + ".");
        }
        long effort = all.stream()
                .filter(item -> proposal.on(item.key()).included())
                .mapToLong(ScopeItem::effort)
                .sum();
        if (!added.isEmpty() && effort > capacity(round)) {
            throw new Refused(
                    "addedItems",
                    "With " + Proposal.named(List.copyOf(added)) + " the scope takes " + effort
                            + " person days, and the capacity is " + capacity(round)
                            + "; please leave something out or negotiate a trade-off.");
        }
    }

    private static void refuseMissingNeeds(List<ScopeItem> all, Proposal proposal, Set<String> excluded) {
        List<String> conflicts = new ArrayList<>();
        for (ScopeItem item : all) {
            if (proposal.on(item.key()).included() && !excluded.contains(item.key())) {
                item.dependsOn().stream()
                        .filter(excluded::contains)
                        .forEach(needed -> conflicts.add(item.key() + " needs " + needed));
            }
        }
        if (!conflicts.isEmpty()) {
            throw new Refused(
                    "excludedItems",
                    "An item that another one needs cannot be left out alone: " + Proposal.named(conflicts)
                            + "; please leave out both or keep both.");
        }
    }

    private void put(ScopeRound round, List<NewItem> supplied) {
        List<ScopeItem> rows = new ArrayList<>();
        for (NewItem item : supplied) {
            rows.add(new ScopeItem(round.id(), rows.size() + 1, item));
        }
        items.saveAll(rows);
    }

    private List<NewItem> asNew(ScopeRound round) {
        return items.findByScopeOrderByPosition(round.id()).stream()
                .map(ScopeItem::asNew)
                .toList();
    }

    private ClassFacts facts(Release release, ScopeRound round) {
        return ClassFacts.of(
                release.urgency(),
                items.findByScopeOrderByPosition(round.id()).stream()
                        .filter(ScopeItem::included)
                        .toList(),
                round.usersAffected().orElse(UsersAffected.ALL));
    }

    private String digest(Release release, ScopeRound round) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("release", release.key());
        facts.put("round", round.number());
        facts.put("usersAffected", round.usersAffected().map(Enum::name).orElse(""));
        facts.put(
                "items",
                items.findByScopeOrderByPosition(round.id()).stream()
                        .map(ScopeItem::facts)
                        .toList());
        return Canonical.digest(facts);
    }

    private ScopeRound expected(Release release, ScopeRound.State state, String otherwise) {
        ScopeRound round = current(release);
        if (round.state() != state) {
            throw new Refused(otherwise);
        }
        return round;
    }

    private ScopeRound current(Release release) {
        int last = rounds.lastNumber(release.id().value())
                .orElseThrow(() -> new Refused("Nobody has asked for the items of " + release.key() + " yet."));
        return locked(release, last);
    }

    private ScopeRound locked(Release release, int number) {
        return rounds.lock(new ScopeRound.Id(release.id().value(), number)).orElseThrow();
    }

    private static String subject(ScopeRound round) {
        return "round " + round.number();
    }

    private static List<String> inKeys(List<ScopeItem> all) {
        return all.stream().filter(ScopeItem::included).map(ScopeItem::key).toList();
    }

    private static Map<String, ?> summary(List<NewItem> all) {
        return all.isEmpty() ? Map.of() : Map.of("items", all.size(), "digest", Canonical.digest(all));
    }
}
