package io.slipway.deployment;

import io.slipway.platform.process.PinnedDecisions;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentConfigurations;
import io.slipway.release.Landscape;
import io.slipway.release.Release;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The plan for production as it follows from the records of a release now, before anything is deployed. */
@Component
public class ProductionPlans {

    private static final String DECISION = "deployment-pattern";
    private static final String OBJECTIONS = "pattern-objections";

    private final DeploymentPlanner planner;
    private final PinnedDecisions decisions;
    private final Landscape landscape;
    private final SealedPackages packages;
    private final EnvironmentConfigurations configurations;

    ProductionPlans(
            DeploymentPlanner planner,
            PinnedDecisions decisions,
            Landscape landscape,
            SealedPackages packages,
            EnvironmentConfigurations configurations) {
        this.planner = planner;
        this.decisions = decisions;
        this.landscape = landscape;
        this.packages = packages;
        this.configurations = configurations;
    }

    /** The plan that a deployment to production would have now; empty while no package is sealed. */
    public Optional<DeploymentPlan> present(Release release) {
        return packages.present(release).map(content -> of(release));
    }

    /**
     * The plan that a deployment to production would have now.
     *
     * @throws IllegalStateException when no package is sealed or the decision gives no answer
     */
    DeploymentPlan of(Release release) {
        Environment production = landscape.production(release.system());
        SealedPackage sealed = packages.present(release)
                .orElseThrow(() -> new IllegalStateException("No package of " + release.key() + " is sealed"));
        Map<String, Object> facts = facts(release, production);
        String pattern =
                String.valueOf(decisions.look(release.key(), DECISION, facts).single());
        return planner.plan(
                production,
                release.version(),
                DeploymentPattern.of(pattern),
                sealed,
                configurations.fingerprint(release, production.key()));
    }

    /** What decisions on the pattern are asked about. */
    private Map<String, Object> facts(Release release, Environment place) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("environmentTier", DeploymentPlanner.tier(place));
        facts.put("stateful", landscape.system(release.system()).stateful());
        facts.put("instances", place.instances());
        release.releaseClass().ifPresent(releaseClass -> facts.put("releaseClass", releaseClass.name()));
        return facts;
    }

    /**
     * Why a pattern was chosen for production.
     *
     * @param facts what was known
     * @param decision version of the table that chose
     * @param objections what speaks against each other pattern, as the table {@code pattern-objections} says
     */
    public record Choice(
            DeploymentPattern pattern, Map<String, Object> facts, int decision, List<Objection> objections) {

        /** Keeps what was there. */
        public Choice {
            facts = Map.copyOf(facts);
            objections = List.copyOf(objections);
        }
    }

    /** What speaks against a pattern. */
    public record Objection(String pattern, String reason) {

        static Objection of(String text) {
            String[] parts = text.split(": ", 2);
            return new Objection(parts[0], parts.length > 1 ? parts[1] : "");
        }
    }

    /** Why production gets its pattern, with the reasons against the others. */
    public Choice choice(Release release) {
        Environment production = landscape.production(release.system());
        Map<String, Object> facts = facts(release, production);
        PinnedDecisions.Answer chosen = decisions.look(release.key(), DECISION, facts);
        DeploymentPattern pattern = DeploymentPattern.of(String.valueOf(chosen.single()));
        return new Choice(pattern, facts, chosen.version(), objections(release, facts, pattern));
    }

    /** What speaks against the other patterns; nothing is said of a release that began before there was the table. */
    private List<Objection> objections(Release release, Map<String, Object> facts, DeploymentPattern chosen) {
        if (!decisions.knows(release.key(), OBJECTIONS)) {
            return List.of();
        }
        return decisions.look(release.key(), OBJECTIONS, facts).texts().stream()
                .map(Objection::of)
                .filter(objection -> !objection.pattern().equals(chosen.name()))
                .toList();
    }
}
