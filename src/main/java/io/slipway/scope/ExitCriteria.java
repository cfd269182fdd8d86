package io.slipway.scope;

import io.slipway.platform.process.Brief;
import io.slipway.release.AuditTrail;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.TestEvidence;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Says when the development of a release is finished. What must hold is data; some of it is looked up and the rest is attested by a
 * named person, once in a round of the scope.
 */
@Service
public class ExitCriteria {

    private final ExitSettings settings;
    private final ExitAttestationRepository attestations;
    private final Scopes scopes;
    private final ExitWaivers waivers;
    private final ObjectProvider<TestEvidence> tests;
    private final Releases releases;
    private final Permissions permissions;
    private final AuditTrail audit;
    private final Clock clock;

    ExitCriteria(
            ExitSettings settings,
            ExitAttestationRepository attestations,
            Scopes scopes,
            ExitWaivers waivers,
            ObjectProvider<TestEvidence> tests,
            Releases releases,
            Permissions permissions,
            AuditTrail audit,
            Clock clock) {
        this.settings = settings;
        this.attestations = attestations;
        this.scopes = scopes;
        this.waivers = waivers;
        this.tests = tests;
        this.releases = releases;
        this.permissions = permissions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How one criterion stands.
     *
     * @param id its stable name
     * @param statement what must hold
     * @param attested whether a person says so; otherwise it is looked up
     * @param met whether it holds
     * @param evidence what was found, or what the person named
     * @param person who attested it; null when nobody has or it is looked up
     * @param at when it was attested; null likewise
     */
    public record Standing(
            String id,
            String statement,
            boolean attested,
            boolean met,
            String evidence,
            @Nullable String person,
            @Nullable Instant at) {}

    /**
     * How every criterion of the release's class stands now, in the order of the configuration.
     *
     * @throws Refused while the release has no class
     */
    @Transactional(readOnly = true, noRollbackFor = Refused.class)
    public List<Standing> standing(Release release) {
        Map<String, ExitAttestation> attested = scopes.latest(release)
                .map(round -> attestations
                        .findByIdReleaseAndIdRound(release.id().value(), round.number())
                        .stream()
                        .collect(Collectors.toMap(ExitAttestation::criterion, Function.identity())))
                .orElse(Map.of());
        Map<String, ExitWaivers.Waiver> waived = waivers.of(release).stream()
                .filter(waiver -> waiver.holds(clock.instant()))
                .collect(Collectors.toMap(ExitWaivers.Waiver::criterion, Function.identity()));
        return criteria(release).stream()
                .map(criterion -> {
                    Standing found = standing(criterion, Optional.ofNullable(attested.get(criterion.id())), release);
                    ExitWaivers.Waiver waiver = waived.get(criterion.id());
                    return found.met() || waiver == null ? found : waived(found, waiver);
                })
                .toList();
    }

    /**
     * Notes that a developer attests criteria to be met.
     *
     * @param criteria ids of the criteria; at least one while any waits for an attestation
     * @param evidence where it can be seen, 1 to 2,000 characters
     * @throws Refused when the person may not attest, or a criterion cannot be attested or was attested before
     */
    @Transactional
    public void attest(Release release, String person, List<String> criteria, String evidence) {
        permissions.require(release, person, Role.DEVELOPER);
        releases.involve(release.id(), person, Part.AUTHOR);
        ScopeRound round = scopes.frozen(release);
        Map<String, Standing> waiting = standing(release).stream()
                .filter(standing -> standing.attested() && !standing.met())
                .collect(Collectors.toMap(Standing::id, Function.identity()));
        if (criteria.isEmpty() && !waiting.isEmpty()) {
            throw new Refused("metCriteria", "Please tick what is met; otherwise leave the task open.");
        }
        if (!criteria.isEmpty() && (evidence.isBlank() || evidence.length() > 2000)) {
            throw new Refused(
                    "handOverNote", "Please say in 1 to 2000 characters where it can be seen that this is met.");
        }
        for (String id : criteria.stream().distinct().toList()) {
            Standing standing = waiting.get(id);
            if (standing == null) {
                throw new Refused("metCriteria", "'" + id + "' does not wait for an attestation; please untick it.");
            }
            attestations.save(new ExitAttestation(
                    new ExitAttestation.Id(release.id().value(), round.number(), id),
                    standing.statement(),
                    evidence.strip(),
                    person,
                    clock.instant()));
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "scope.attestCriterion",
                    id,
                    Map.of("met", false),
                    Map.of("met", true, "evidence", evidence.strip())));
        }
    }

    /** Counts the criteria that are still open, and notes them; counting again gives what is then so. */
    @Transactional
    public int check(Release release) {
        List<String> open = open(release);
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "scope.checkExitCriteria",
                release.key(),
                Map.of(),
                Map.of("open", open, "handedOver", open.isEmpty())));
        return open.size();
    }

    /** Ids of the criteria that are open now. */
    @Transactional(readOnly = true)
    public List<String> open(Release release) {
        return standing(release).stream()
                .filter(standing -> !standing.met())
                .map(Standing::id)
                .toList();
    }

    private List<ExitSettings.Criterion> criteria(Release release) {
        return settings.of(release.releaseClass()
                .orElseThrow(() -> new Refused(release.key() + " has no class yet; its scope is frozen first.")));
    }

    private Standing standing(ExitSettings.Criterion criterion, Optional<ExitAttestation> attested, Release release) {
        if (criterion.check() == null) {
            return attested(criterion, attested);
        }
        if (criterion.check() != ExitSettings.Check.TESTS_PASS) {
            return lookedUp(criterion, criterion.check(), release);
        }
        Optional<TestEvidence.Finding> found = tests.stream().findFirst().flatMap(evidence -> evidence.latest(release));
        Optional<Instant> frozen = scopes.latest(release).flatMap(ScopeRound::frozenAt);
        if (found.isEmpty()) {
            return attested(criterion, attested);
        }
        boolean ofThisContent = found.get().presentPackage()
                && frozen.isPresent()
                && !found.get().suppliedAt().isBefore(frozen.get());
        if (ofThisContent) {
            return new Standing(
                    criterion.id(),
                    criterion.statement(),
                    false,
                    found.get().passed(),
                    found.get().sentence(),
                    null,
                    null);
        }
        // Results of what was packaged before say nothing about the commit that will be packaged now.
        return attested.isPresent()
                ? attested(criterion, attested)
                : new Standing(
                        criterion.id(),
                        criterion.statement(),
                        true,
                        false,
                        "The newest results are of another commit ("
                                + found.get().sentence() + "); a developer attests it for this one.",
                        null,
                        null);
    }

    private static Standing waived(Standing open, ExitWaivers.Waiver waiver) {
        return new Standing(
                open.id(),
                open.statement(),
                open.attested(),
                true,
                "Waived until " + Brief.moment(waiver.until()) + "; in its place: " + waiver.inItsPlace(),
                waiver.grantedBy(),
                waiver.grantedAt());
    }

    private static Standing attested(ExitSettings.Criterion criterion, Optional<ExitAttestation> found) {
        return new Standing(
                criterion.id(),
                criterion.statement(),
                true,
                found.isPresent(),
                found.map(ExitAttestation::evidence).orElse("A developer attests it."),
                found.map(ExitAttestation::person).orElse(null),
                found.map(ExitAttestation::attestedAt).orElse(null));
    }

    private Standing lookedUp(ExitSettings.Criterion criterion, ExitSettings.Check check, Release release) {
        Finding finding =
                switch (check) {
                    case SCOPE_FROZEN -> frozen(release);
                    case ITEMS_EXPLAINED -> explained(release);
                    case NEEDS_INCLUDED -> needs(release);
                    case WINDOW_PLANNED -> window(release);
                    case TESTS_PASS ->
                        throw new IllegalStateException("Results of tests are looked up before everything else");
                };
        return new Standing(
                criterion.id(), criterion.statement(), false, finding.met(), finding.evidence(), null, null);
    }

    private record Finding(boolean met, String evidence) {}

    private Finding frozen(Release release) {
        try {
            ScopeRound round = scopes.frozen(release);
            return new Finding(
                    true,
                    "Round " + round.number() + " is frozen as "
                            + round.digest().orElse("").substring(0, 12) + ".");
        } catch (IllegalStateException e) {
            return new Finding(false, e.getMessage() + ".");
        }
    }

    private Finding explained(Release release) {
        List<ScopeItem> items = scopes.items(release);
        List<String> open = items.stream()
                .filter(item ->
                        item.decision() == ItemDecision.OPEN || item.reason().isEmpty())
                .map(ScopeItem::key)
                .toList();
        return open.isEmpty() && !items.isEmpty()
                ? new Finding(true, "All " + items.size() + " items are decided on.")
                : new Finding(
                        false, items.isEmpty() ? "There is no item." : Proposal.named(open) + " is not decided on.");
    }

    private Finding needs(Release release) {
        List<String> missing = scopes.missingNeeds(release);
        return missing.isEmpty()
                ? new Finding(true, "Nothing is missing.")
                : new Finding(false, Proposal.named(missing) + "; please have the content changed.");
    }

    private Finding window(Release release) {
        Optional<Instant> end = release.windowEnd();
        if (end.isEmpty()) {
            return new Finding(false, "No window is planned.");
        }
        return end.get().isAfter(clock.instant())
                ? new Finding(true, "The window ends at " + Brief.moment(end.get()) + ".")
                : new Finding(
                        false, "The window ended at " + Brief.moment(end.get()) + "; please have it rescheduled.");
    }
}
