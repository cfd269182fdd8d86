package io.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.process.PinnedDecisions;
import io.slipway.release.ApprovalPart;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentConfigurations;
import io.slipway.release.Landscape;
import io.slipway.release.ManagedSystem;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What approvals sign of the deployment, and what production is compared with. */
@Capability({"5.1", "8.1"})
class ProductionPlansTest {

    private final Release release = ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());
    private final PinnedDecisions decisions = mock(PinnedDecisions.class);
    private final Landscape landscape = mock(Landscape.class);
    private final SealedPackages packages = mock(SealedPackages.class);
    private final EnvironmentConfigurations configurations = mock(EnvironmentConfigurations.class);
    private final ProductionPlans plans = new ProductionPlans(
            new DeploymentPlanner(DeploymentPlannerTest.settings(3)), decisions, landscape, packages, configurations);
    private final PlanPart part = new PlanPart(plans);
    private final PlanCondition condition = new PlanCondition(plans);

    @BeforeEach
    void begin() {
        Environment production = mock(Environment.class);
        when(production.system()).thenReturn("storefront");
        when(production.key()).thenReturn("production");
        when(production.tier()).thenReturn(Environment.Tier.PRODUCTION);
        when(production.instances()).thenReturn(2);
        when(landscape.production("storefront")).thenReturn(production);
        when(landscape.system("storefront")).thenReturn(mock(ManagedSystem.class));
        seal("d".repeat(64));
        answer("BLUE_GREEN");
    }

    private void seal(String digest) {
        when(packages.present(release))
                .thenReturn(Optional.of(new SealedPackage(
                        1,
                        digest,
                        "storefront.jar",
                        List.of(new SealedPackage.File("storefront.jar", 12, "a".repeat(64))))));
    }

    private void answer(String pattern) {
        when(decisions.look(
                        eq("storefront-2.4.0"),
                        eq("deployment-pattern"),
                        eq(Map.of(
                                "environmentTier",
                                "production",
                                "stateful",
                                false,
                                "instances",
                                2,
                                "releaseClass",
                                "MINOR"))))
                .thenReturn(new PinnedDecisions.Answer("deployment-pattern", 1, List.of(pattern)));
    }

    private List<String> obstacles(DeploymentPlan plan, String environment) {
        return condition.obstacles(
                release, new ProductionTouch(environment, plan.packageDigest(), Canonical.digest(plan)));
    }

    @Test
    void approvalsSignThePlanThatFollowsFromThePinnedDecision() {
        ApprovalPart.Content content = part.content(release);

        assertThat(content.summary()).isEqualTo("Blue-green deployment of 2.4.0 to production/storefront in 6 steps");
        assertThat(Canonical.digest(content.facts())).isEqualTo(Canonical.digest(plans.of(release)));
        assertThat(part.name()).isEqualTo("plan");
    }

    @Test
    void productionIsTouchedByThatPlanOnly() {
        DeploymentPlan signed = plans.of(release);

        assertThat(obstacles(signed, "production")).isEmpty();
        assertThat(obstacles(signed, "moon")).singleElement().asString().contains("moon");
        answer("ROLLING");
        assertThat(obstacles(signed, "production"))
                .as("an overwritten pattern or a changed table")
                .singleElement()
                .asString()
                .contains("ROLLING")
                .contains("new deployment");
    }

    @Test
    void anotherPackageIsAnotherPlan() {
        DeploymentPlan signed = plans.of(release);
        seal("e".repeat(64));

        assertThat(obstacles(signed, "production")).hasSize(1);
    }

    @Test
    void withoutAPackageNothingCanBeSigned() {
        when(packages.present(any())).thenReturn(Optional.empty());

        assertThatThrownBy(() -> part.content(release)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> condition.obstacles(release, new ProductionTouch("production", "d", "p")))
                .isInstanceOf(IllegalStateException.class);
    }
}
