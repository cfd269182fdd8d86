package io.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.data.Canonical;
import io.slipway.release.Environment;
import io.slipway.release.Refused;
import io.slipway.release.SealedPackage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@Capability("5.1")
class DeploymentPlannerTest {

    private final DeploymentPlanner planner = new DeploymentPlanner(settings(3));
    private final Environment production = environment();
    private final SealedPackage sealed = new SealedPackage(
            1, "d".repeat(64), "storefront.jar", List.of(new SealedPackage.File("storefront.jar", 12, "a".repeat(64))));

    static DeploymentSettings settings(int needed) {
        return new DeploymentSettings(
                List.of("-Xmx64m"),
                1,
                new DeploymentSettings.Health(
                        "/health", needed, 60, Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(15)),
                new DeploymentSettings.Live("version", "version", 5, Duration.ofMillis(50)));
    }

    private static Environment environment() {
        Environment environment = mock(Environment.class);
        when(environment.system()).thenReturn("storefront");
        when(environment.key()).thenReturn("production");
        when(environment.tier()).thenReturn(Environment.Tier.PRODUCTION);
        return environment;
    }

    @Test
    void listsTheStepsInOrderWithTheirWayBack() {
        DeploymentPlan plan = planner.plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, sealed, "");

        assertThat(plan.steps()).extracting(DeploymentPlan.PlannedStep::step).containsExactly(Step.values());
        assertThat(plan.steps()).allSatisfy(step -> assertThat(step.undo()).isNotBlank());
        assertThat(plan.target()).isEqualTo("production/storefront");
        assertThat(plan.tier()).isEqualTo("production");
    }

    @Test
    void theSameFactsGiveTheSamePlanAndDigest() {
        DeploymentPlan first = planner.plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, sealed, "");
        DeploymentPlan second = planner.plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, sealed, "");

        assertThat(second).isEqualTo(first);
        assertThat(Canonical.digest(second)).isEqualTo(Canonical.digest(first));
    }

    @Test
    void anythingThatMattersChangesTheDigest() {
        String digest = Canonical.digest(planner.plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, sealed, ""));
        SealedPackage other = new SealedPackage(1, "e".repeat(64), "storefront.jar", sealed.files());

        assertThat(List.of(
                        planner.plan(production, "2.4.0", DeploymentPattern.ROLLING, sealed, ""),
                        planner.plan(production, "2.4.1", DeploymentPattern.BLUE_GREEN, sealed, ""),
                        planner.plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, other, ""),
                        planner.plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, sealed, "c".repeat(64)),
                        new DeploymentPlanner(settings(1))
                                .plan(production, "2.4.0", DeploymentPattern.BLUE_GREEN, sealed, "")))
                .extracting(Canonical::digest)
                .doesNotContain(digest)
                .doesNotHaveDuplicates();
    }

    @Test
    void rollingTakesTheVersionBeforeAwayAndBringsItBack() {
        DeploymentPlan rolling = planner.plan(production, "2.4.0", DeploymentPattern.ROLLING, sealed, "");

        assertThat(rolling.steps().get(5).action()).contains("version before and everything older");
        assertThat(rolling.steps().get(5).undo()).isEqualTo("Start the version before again");
    }

    @Test
    void anUnknownPatternIsRefused() {
        assertThatThrownBy(() -> DeploymentPattern.of("CANARY"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("BLUE_GREEN");
    }

    @Test
    void aHealthCheckThatCouldNeverSucceedIsRefused() {
        assertThatThrownBy(() -> settings(61)).isInstanceOf(IllegalArgumentException.class);
    }
}
