package io.slipway.governance.approvals;

import io.slipway.release.AuditTrail;
import io.slipway.release.Contributions;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseRejected;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.StandardChanges;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens rounds of approvals over the content of a release, takes what people decide, and tells whether a release is approved.
 *
 * <p>An approval signs the digest of every part. No part moves by itself: whatever contributes one keeps everything out of it that
 * changes without the content changing, such as states, times of reading and counters.
 */
@Service
public class Approvals {

    private final ApprovalRoundRepository rounds;
    private final ApprovalDecisionRepository decisions;
    private final Requirements requirements;
    private final Contributions contributions;
    private final Releases releases;
    private final Delegations delegations;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final ApprovalSettings settings;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Approvals(
            ApprovalRoundRepository rounds,
            ApprovalDecisionRepository decisions,
            Requirements requirements,
            @Lazy Contributions contributions,
            Releases releases,
            Delegations delegations,
            Permissions permissions,
            AuditTrail audit,
            ApprovalSettings settings,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rounds = rounds;
        this.decisions = decisions;
        this.requirements = requirements;
        this.contributions = contributions;
        this.releases = releases;
        this.delegations = delegations;
        this.permissions = permissions;
        this.audit = audit;
        this.settings = settings;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Opens a round over the content as it is now. A round that asks for the same, and in which nobody has decided, is found again.
     *
     * @param claimed the groups that the process was told by the decision; they must be those that the records give
     * @throws Refused when the process was told other groups
     * @throws RuntimeException when a part of the content is missing or cannot be told
     */
    @Transactional
    public ApprovalRound open(Release release, Collection<String> claimed) {
        Requirements.Answer required = requirements.of(release);
        if (!required.groups().equals(new HashSet<>(claimed))) {
            throw new Refused(
                    "The variable 'approvalGroups' names " + new TreeSet<>(claimed) + ", but by the records of "
                            + release.key() + " it is " + required.groups()
                            + " that must approve; please restore the variables 'approvalGroups', 'releaseClass', 'riskLevel' and"
                            + " 'dataMigration'.");
        }
        List<SignedPart> parts = parts(release);
        Optional<ApprovalRound> before = present(release);
        Optional<ApprovalRound> same = before.filter(round -> round.asksFor(parts, required.groups()))
                .filter(round -> decisions.findByRoundIdOrderById(round.id()).stream()
                        .allMatch(decision -> decision.group().equals(Requirements.STANDARD_CHANGE)
                                && decision.holdsAt(clock.instant())));
        if (same.isPresent()) {
            return same.get();
        }
        ApprovalRound round = rounds.saveAndFlush(new ApprovalRound(
                release,
                before.map(ApprovalRound::number).orElse(0) + 1,
                parts,
                required.groups(),
                required.grounds(),
                clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "approval.open",
                "round " + round.number(),
                before.map(ApprovalRound::digests).orElseGet(TreeMap::new),
                Map.of(
                        "parts",
                        round.digests(),
                        "requirements",
                        round.requirements(),
                        "content",
                        round.contentDigest(),
                        "decision",
                        round.grounds().decision())));
        if (required.groups().contains(Requirements.STANDARD_CHANGE)) {
            authoriseByRule(release, round);
        }
        return round;
    }

    /** The approval that was given once for all counts for this content: the record says by whom and until when. */
    private void authoriseByRule(Release release, ApprovalRound round) {
        StandardChanges.Claim claim = requirements.standardChange(release).orElseThrow();
        Instant now = clock.instant();
        Instant validity =
                now.plus(settings.validityOf(release.releaseClass().stream().toList()));
        Instant until = claim.until().isBefore(validity) ? claim.until() : validity;
        String sentence = "By rule: the standard change " + claim.template() + ", version " + claim.version()
                + ", approved once for all by " + String.join(" and ", claim.approvedBy()) + " until " + claim.until()
                + ".";
        decisions.saveAndFlush(new ApprovalDecision(
                round,
                Requirements.STANDARD_CHANGE,
                Requirements.STANDARD_CHANGE,
                Verdict.APPROVE,
                sentence,
                now,
                until));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "approval.byRule",
                "round " + round.number() + ", " + claim.template(),
                Map.of(),
                Map.of(
                        "template", claim.template(),
                        "version", claim.version(),
                        "approvedBy", claim.approvedBy(),
                        "until", claim.until().toString(),
                        "content", round.contentDigest())));
    }

    /** Groups of a round that people are asked for; those of a rule have decided. */
    public static List<String> asked(ApprovalRound round) {
        return round.requirements().stream()
                .filter(group -> !group.equals(Requirements.STANDARD_CHANGE))
                .toList();
    }

    /** Whether the template that a release is made from authorises it now, which the decision on approvers asks. */
    @Transactional(readOnly = true)
    public boolean standardChange(Release release) {
        return requirements.standardChange(release).isPresent();
    }

    /** Opaque ids of those who approved the template that a release is made from; empty when it is made from none. */
    @Transactional(readOnly = true)
    public List<String> approvedOnce(Release release) {
        return requirements.approvedOnce(release);
    }

    /** Why the template that a release is made from does not authorise it now; empty when it does, or there is none. */
    @Transactional(readOnly = true)
    public List<String> standardChangeFailures(Release release) {
        return requirements.standardChangeFailures(release);
    }

    private List<SignedPart> parts(Release release) {
        return contributions.approvalContent(release).entrySet().stream()
                .map(part -> SignedPart.of(part.getKey(), part.getValue()))
                .toList();
    }

    /** The round that counts; empty until one was opened. */
    @Transactional(readOnly = true)
    public Optional<ApprovalRound> present(Release release) {
        return rounds.findFirstByReleaseIdOrderByNumberDesc(release.id().value());
    }

    /** What was decided in the round that counts, in the order of deciding. */
    @Transactional(readOnly = true)
    public List<ApprovalDecision> decisions(Release release) {
        return present(release)
                .map(round -> decisions.findByRoundIdOrderById(round.id()))
                .orElse(List.of());
    }

    /**
     * Takes what a person decides for a group in the present round.
     *
     * @param reason why; required with a rejection, at most 2,000 characters
     * @throws Refused when the person may not decide this, or decided for another group before; when the group has decided; when a
     *     part changed since the round was opened
     */
    @Transactional
    public void decide(Release release, String group, String person, Verdict verdict, Optional<String> reason) {
        if (verdict == Verdict.REJECT && reason.isEmpty()) {
            throw new Refused(
                    "approvalReason", "Please say in 'approvalReason' what has to change before you approve.");
        }
        ApprovalRound round = present(release)
                .orElseThrow(() -> new Refused("No approval of " + release.key() + " has been opened."));
        if (group.equals(Requirements.STANDARD_CHANGE)) {
            throw new Refused("A standard change is authorised by its template and by nobody else.");
        }
        if (!round.requirements().contains(group)) {
            throw new Refused("The group '" + group + "' is not among those that approve " + release.key() + ": "
                    + String.join(", ", round.requirements()) + ".");
        }
        if (!holdsRole(release, person, group) && !delegations.heldAt(person, group, clock.instant())) {
            throw new Refused("This is decided by the group '" + group + "', to which you do not belong.");
        }
        releases.involve(release.id(), person, Part.APPROVER);
        List<ApprovalDecision> made = decisions.findByRoundIdOrderById(round.id());
        made.stream()
                .filter(decision -> decision.group().equals(group) || !decision.approves())
                .findFirst()
                .ifPresent(decision -> {
                    throw new Refused("The group '" + decision.group() + "' has decided already: "
                            + decision.verdict().label() + ".");
                });
        if (verdict == Verdict.APPROVE) {
            changes(round, parts(release)).stream().findFirst().ifPresent(change -> {
                throw new Refused(change + " Please let the approvals be opened again.");
            });
            takeSeat(release, person, group);
        }
        Instant now = clock.instant();
        try {
            decisions.saveAndFlush(new ApprovalDecision(
                    round,
                    group,
                    person,
                    verdict,
                    reason.orElse(""),
                    now,
                    now.plus(settings.validityOf(release.releaseClass().stream().toList()))));
        } catch (DataIntegrityViolationException e) {
            throw new Refused("Somebody else of the group '" + group + "' has just decided.");
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "approval.decide",
                "round " + round.number() + ", " + group,
                Map.of(),
                Map.of(
                        "person",
                        person,
                        "verdict",
                        verdict.name(),
                        "reason",
                        reason.orElse(""),
                        "content",
                        round.contentDigest())));
    }

    /** A person counts for one group in a release; the primary key decides when the same person decides twice at once. */
    private void takeSeat(Release release, String person, String group) {
        Optional<String> seat = seatOf(release, person);
        if (seat.isEmpty()) {
            try {
                jdbc.sql("insert into approval_seat (release_id, person_id, group_name) values (?, ?, ?)")
                        .params(StoredIds.bytes(release), person, group)
                        .update();
                return;
            } catch (DuplicateKeyException e) {
                seat = seatOf(release, person);
            }
        }
        if (seat.filter(group::equals).isEmpty()) {
            throw new Refused("You have approved " + release.key() + " for the group '" + seat.orElse("another")
                    + "'; another member of '" + group + "' must approve for it.");
        }
    }

    private Optional<String> seatOf(Release release, String person) {
        return jdbc.sql("select group_name from approval_seat where release_id = ? and person_id = ?")
                .params(StoredIds.bytes(release), person)
                .query(String.class)
                .optional();
    }

    /**
     * Tells from the records whether the present round is approved, and leads the release on when it is.
     *
     * @return true when every group approved, false when one rejected
     * @throws Refused when nobody rejected and a group has not decided: the process went on too early
     */
    @Transactional
    public boolean conclude(Release release) {
        ApprovalRound round = present(release)
                .orElseThrow(() -> new Refused("No approval of " + release.key() + " has been opened."));
        List<ApprovalDecision> made = decisions.findByRoundIdOrderById(round.id());
        boolean rejected = made.stream().anyMatch(decision -> !decision.approves());
        if (!rejected) {
            Set<String> missing = new TreeSet<>(round.requirements());
            made.forEach(decision -> missing.remove(decision.group()));
            if (!missing.isEmpty()) {
                throw new Refused("The approval of " + release.key() + " by " + String.join(", ", missing)
                        + " is missing; please let the token go back to the task 'Approve change'.");
            }
            releases.enter(release.id(), ReleaseState.APPROVED);
        } else {
            made.stream()
                    .filter(decision -> !decision.approves())
                    .findFirst()
                    .ifPresent(decision -> events.publishEvent(new ReleaseRejected(release, decision.reason())));
        }
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "approval.conclude",
                "round " + round.number(),
                Map.of(),
                Map.of("verdict", rejected ? "REJECTED" : "APPROVED")));
        return !rejected;
    }

    /** What stands against touching production as far as approvals go, one sentence each; empty when nothing does. */
    @Transactional(readOnly = true)
    public List<String> obstacles(Release release) {
        Optional<ApprovalRound> present = present(release);
        if (present.isEmpty()) {
            return List.of(
                    release.key() + " has not been approved; the process 'Approve change' obtains the approvals.");
        }
        ApprovalRound round = present.get();
        List<String> obstacles = new ArrayList<>();
        Set<String> required = new TreeSet<>(round.requirements());
        required.addAll(requirements.look(release).groups());
        Map<String, ApprovalDecision> byGroup = new LinkedHashMap<>();
        for (ApprovalDecision decision : decisions.findByRoundIdOrderById(round.id())) {
            if (!decision.approves()) {
                obstacles.add("The group '" + decision.group() + "' rejected the change.");
            } else {
                byGroup.put(decision.group(), decision);
            }
        }
        Set<String> counted = new HashSet<>();
        Set<String> otherParts = otherParts(release);
        for (String group : required) {
            ApprovalDecision decision = byGroup.get(group);
            if (decision == null) {
                obstacles.add("The approval by '" + group + "' is missing.");
            } else {
                doubt(release, round, decision, counted, otherParts)
                        .ifPresent(doubt -> obstacles.add("The approval by '" + group + "' does not count: " + doubt));
            }
        }
        obstacles.addAll(changes(round, parts(release)));
        return obstacles;
    }

    private Optional<String> doubt(
            Release release,
            ApprovalRound round,
            ApprovalDecision decision,
            Set<String> counted,
            Set<String> otherParts) {
        if (!decision.contentDigest().equals(round.contentDigest())) {
            return Optional.of("it signs another content.");
        }
        if (!decision.holdsAt(clock.instant())) {
            return Optional.of("it expired at " + decision.expiresAt() + "; please let the release be approved again.");
        }
        if (decision.group().equals(Requirements.STANDARD_CHANGE)) {
            return requirements.standardChange(release).isPresent()
                    ? Optional.empty()
                    : Optional.of(String.join(" ", requirements.standardChangeFailures(release)));
        }
        if (!counted.add(decision.person())) {
            return Optional.of("the same person approved for another group; each group needs a person of its own.");
        }
        if (!holdsRole(release, decision.person(), decision.group())
                && !delegations.heldAt(decision.person(), decision.group(), decision.decidedAt())) {
            return Optional.of("the person who gave it does not belong to that group any more.");
        }
        if (otherParts.contains(decision.person())) {
            return Optional.of("the person who gave it requested, authored or deploys the release.");
        }
        return Optional.empty();
    }

    private Set<String> otherParts(Release release) {
        Set<String> people = new HashSet<>();
        people.add(release.requestedBy());
        for (Part part : List.of(Part.REQUESTER, Part.AUTHOR, Part.DEPLOYER)) {
            people.addAll(releases.involved(release.id(), part));
        }
        return people;
    }

    private boolean holdsRole(Release release, String person, String group) {
        return Role.ofGroup(group)
                .map(role -> permissions.holds(release, person, role))
                .orElse(false);
    }

    /** Every part that is not what was signed, one sentence each. */
    private static List<String> changes(ApprovalRound round, List<SignedPart> now) {
        Map<String, String> present = new TreeMap<>();
        now.forEach(part -> present.put(part.name(), part.digest()));
        List<String> changes = new ArrayList<>();
        round.digests().forEach((name, signed) -> {
            String found = present.remove(name);
            if (found == null) {
                changes.add("The part '" + name + "' was approved and is not there any more.");
            } else if (!found.equals(signed)) {
                changes.add("The part '" + name + "' changed since it was approved: signed was " + brief(signed)
                        + ", now it is " + brief(found) + ".");
            }
        });
        present.keySet().forEach(name -> changes.add("The part '" + name + "' was added after the approval."));
        return changes;
    }

    private static String brief(String digest) {
        return digest.substring(0, 12);
    }
}
