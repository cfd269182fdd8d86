package io.slipway.deployment.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.deployment.DeploymentPattern;
import io.slipway.deployment.Deployments;
import io.slipway.deployment.ProductionPlans;
import io.slipway.deployment.RunningServices;
import io.slipway.deployment.cutover.CutOverPlan;
import io.slipway.deployment.cutover.CutOvers;
import io.slipway.platform.web.ReaderTimes;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

@Capability("5.5")
class DeploymentPanelTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final Release release = ReleaseFixture.storefront240();
    private final Deployments deployments = mock(Deployments.class);
    private final RunningServices services = mock(RunningServices.class);
    private final Releases releases = mock(Releases.class);
    private final DeploymentPages pages =
            new DeploymentPages(deployments, mock(CutOvers.class), releases, Clock.fixed(NOON, ZoneOffset.UTC));
    private final ProductionPlans plans = mock(ProductionPlans.class);
    private final CutOvers cutOvers = mock(CutOvers.class);
    private final Principal olga = () -> "p-olga";

    private static String rendered(List<DeploymentRow> rows, List<RunningServices.RunningVersion> live) {
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setLinkBuilder(new org.thymeleaf.linkbuilder.StandardLinkBuilder() {
            @Override
            protected String computeContextPath(
                    org.thymeleaf.context.IExpressionContext context,
                    String base,
                    @org.jspecify.annotations.Nullable Map<String, Object> parameters) {
                return "";
            }
        });
        Context context = new Context();
        context.setVariables(Map.of(
                "times",
                new ReaderTimes(ZoneOffset.UTC, NOON),
                "deploymentChoice",
                new ProductionPlans.Choice(
                        DeploymentPattern.BLUE_GREEN,
                        Map.of("instances", 1),
                        1,
                        List.of(new ProductionPlans.Objection("ROLLING", "There would be a gap."))),
                "deploymentCutOver",
                new CutOverPlan(
                        new CutOverPlan.Name("shop.example.org", Duration.ofHours(1), Duration.ofMinutes(1)),
                        NOON,
                        null,
                        null,
                        List.of(new CutOverPlan.Step("Switch", "Lead new requests", "Lead them back")),
                        List.of("It was not lowered.")),
                "deploymentKey",
                "storefront-2.4.0",
                "deploymentRows",
                rows,
                "deploymentInDoubt",
                rows.stream().anyMatch(DeploymentRow::open),
                "deploymentLive",
                live));
        return engine.process("deployment/panel", context);
    }

    private static DeploymentRow row(String state, boolean open) {
        return new DeploymentRow(
                "production",
                2,
                "2.4.0",
                "d".repeat(64),
                "BLUE_GREEN",
                "p".repeat(64),
                "Open",
                null,
                null,
                "It is <not> healthy",
                NOON,
                null,
                List.of(new DeploymentRow.EffectRow(
                        "Switch traffic",
                        "production/storefront",
                        state,
                        open,
                        7,
                        NOON,
                        null,
                        "The agent <did> not answer")));
    }

    @Test
    void showsEachEffectWithStateFenceAndReasonAndWhatIsLive() {
        String page = rendered(
                List.of(row("Unknown", true)),
                List.of(new RunningServices.RunningVersion(
                        "storefront",
                        "production",
                        "2.3.0",
                        "c".repeat(64),
                        "production-storefront-1",
                        Optional.empty(),
                        NOON)));

        assertThat(page)
                .contains("Deployment 2 on production")
                .contains("nothing: the first deployment there")
                .contains("Switch traffic")
                .contains("Unknown")
                .containsPattern("<td[^>]*>7</td>")
                .contains("The agent &lt;did&gt; not answer")
                .contains("Failed because", "It is &lt;not&gt; healthy")
                .contains("production-storefront-1")
                .contains("action=\"/releases/storefront-2.4.0/deployment/settle\"");
    }

    @Test
    void offersNoProbeWhenNothingIsInDoubt() {
        assertThat(rendered(List.of(row("Done", false)), List.of())).doesNotContain("Probe now");
        assertThat(rendered(List.of(), List.of())).contains("Nothing has been deployed yet.");
    }

    @Test
    void theModelHoldsWhatTheFragmentReads() {
        when(deployments.of(release, "p-olga")).thenReturn(List.of());
        when(services.live()).thenReturn(List.of());

        when(plans.choice(release))
                .thenReturn(new ProductionPlans.Choice(DeploymentPattern.ROLLING, Map.of(), 1, List.of()));
        when(cutOvers.plan(release)).thenReturn(new CutOverPlan(null, null, null, null, List.of(), List.of()));
        Map<String, Object> model =
                new DeploymentPanel(deployments, services, plans, cutOvers).model(release, "p-olga");

        assertThat(model)
                .containsEntry("deploymentKey", "storefront-2.4.0")
                .containsEntry("deploymentInDoubt", false)
                .containsKeys("deploymentRows", "deploymentLive");
    }

    @Test
    void probingSaysWhatCameOfIt() {
        when(releases.find("storefront-2.4.0")).thenReturn(Optional.of(release));
        RedirectAttributesModelMap flash = new RedirectAttributesModelMap();

        assertThat(pages.settle("storefront-2.4.0", olga, flash)).isEqualTo("redirect:/releases/storefront-2.4.0");
        verify(deployments).settle(release, "p-olga");
        assertThat(flash.getFlashAttributes()).containsKey("message");

        doThrow(new Refused("It is not known.")).when(deployments).settle(any(), any());
        pages.settle("storefront-2.4.0", olga, flash);
        assertThat(flash.getFlashAttributes().get("refusal")).isEqualTo("It is not known.");
    }
}
