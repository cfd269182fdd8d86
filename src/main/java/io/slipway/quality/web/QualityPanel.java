package io.slipway.quality.web;

import io.slipway.platform.security.People;
import io.slipway.quality.Evidence;
import io.slipway.quality.GateStanding;
import io.slipway.quality.Gates;
import io.slipway.quality.board.BoardVote;
import io.slipway.quality.board.BoardVotes;
import io.slipway.quality.exemptions.Exemption;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.SealedPackages;
import io.slipway.release.web.ReleasePanel;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Shows how the gates of a release stand and why, and takes reports of tests in. */
@Component
class QualityPanel implements ReleasePanel {

    private final Gates gates;
    private final Exemptions exemptions;
    private final BoardVotes votes;
    private final SealedPackages packages;
    private final Permissions permissions;
    private final People people;
    private final Clock clock;

    QualityPanel(
            Gates gates,
            Exemptions exemptions,
            BoardVotes votes,
            SealedPackages packages,
            Permissions permissions,
            People people,
            Clock clock) {
        this.gates = gates;
        this.exemptions = exemptions;
        this.votes = votes;
        this.clock = clock;
        this.packages = packages;
        this.permissions = permissions;
        this.people = people;
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public String fragment() {
        return "quality/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        List<GateStanding> standings = gates.standings(release);
        boolean sealed = packages.present(release).isPresent();
        Map<String, Object> model = new HashMap<>();
        model.put("qualityGates", standings);
        model.put("qualitySealed", sealed);
        model.put("qualityLimit", gates.reportLimit().toMegabytes());
        List<Exemption> skipped = exemptions.of(release);
        List<BoardVote> ballots = votes.of(release);
        Reader reader = permissions.reader(person);
        model.put("qualityExemptions", skipped);
        model.put("qualityVotes", ballots);
        model.put("qualityChoices", BoardVote.Choice.values());
        model.put("qualityNow", clock.instant());
        model.put("qualityVoting", reader.has(release.system(), Role.CAB_MEMBER, Role.CHANGE_AUTHORITY));
        model.put("qualityExempting", !release.state().ended() && reader.has(release.system(), Role.RELEASE_MANAGER));
        model.put("qualityNames", people.names(people(standings, skipped, ballots)));
        model.put(
                "qualitySupplies",
                sealed
                        && !release.onHold()
                        && !release.state().ended()
                        && permissions.reader(person).has(release.system(), Role.QA));
        return model;
    }

    private static Set<String> people(List<GateStanding> standings, List<Exemption> skipped, List<BoardVote> ballots) {
        Set<String> involved = new HashSet<>();
        for (Exemption exemption : skipped) {
            involved.add(exemption.requestedBy());
            exemption.decidedBy().ifPresent(involved::add);
            exemption.validatedBy().ifPresent(involved::add);
        }
        ballots.forEach(
                vote -> vote.ballots().stream().map(BoardVote.Ballot::person).forEach(involved::add));
        for (GateStanding standing : standings) {
            standing.evidence().stream().map(Evidence::suppliedBy).forEach(involved::add);
            standing.waiver().ifPresent(waiver -> {
                involved.add(waiver.askedBy());
                waiver.decidedBy().ifPresent(involved::add);
            });
        }
        return involved;
    }
}
