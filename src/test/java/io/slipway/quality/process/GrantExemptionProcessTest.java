package io.slipway.quality.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.quality.exemptions.Exemption;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The model {@code grant-exemption} with its tasks; what the service says is told by mocks. */
@Deployment(
        resources = {
            "bpmn/quality/grant-exemption.bpmn",
            "forms/quality/grant-exemption.form",
            "forms/quality/validate-exemption.form"
        })
@Capability("4.6")
class GrantExemptionProcessTest {

    private static final Instant DUE = Instant.parse("2026-03-05T12:00:00Z");
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Exemptions EXEMPTIONS = mock(Exemptions.class);
    private static final GrantExemptionTask GRANT = new GrantExemptionTask(EXEMPTIONS, SCOPE);
    private static final ValidateExemptionTask VALIDATE = new ValidateExemptionTask(EXEMPTIONS, SCOPE);
    private static final ModelEngine ENGINE = ModelEngine.of(GrantExemptionProcess.KEY, GRANT, VALIDATE);

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(EXEMPTIONS);
        when(EXEMPTIONS.get(RELEASE, 4))
                .thenReturn(new Exemption(
                        4,
                        RELEASE.key(),
                        RELEASE.system(),
                        "The load test",
                        "Traffic is watched.",
                        "The load test is run.",
                        DUE,
                        "p-rita",
                        Instant.EPOCH,
                        Exemption.State.REQUESTED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        ENGINE.begin();
    }

    private static void asked() {
        ENGINE.start(
                GrantExemptionProcess.KEY,
                Map.of(
                        GrantExemptionProcess.RELEASE_ID.name(),
                        RELEASE.id().toString(),
                        GrantExemptionProcess.EXEMPTION.name(),
                        "4"));
        ENGINE.runJob("startEvent_exemptionAsked");
    }

    @Test
    void whatIsGrantedIsValidatedUntilItIsDue() {
        decided("GRANTED");
        verify(EXEMPTIONS).decide(RELEASE, 4, true, "The fault costs more.", "p-carla");
        ENGINE.complete("p-quentin", "qa", VALIDATE.task(), Map.of("validationEvidence", "Report 12"));

        verify(EXEMPTIONS).validate(RELEASE, 4, "Report 12", "p-quentin");
        assertThat(running()).isZero();
    }

    @Test
    void whatIsRefusedIsOver() {
        decided("REFUSED");

        verify(EXEMPTIONS).decide(RELEASE, 4, false, "The fault costs more.", "p-carla");
        verify(EXEMPTIONS, never()).validate(RELEASE, 4, "", "");
        assertThat(running()).isZero();
    }

    @Test
    void bothReadWhatIsSkippedAndWhoeverGrantsIsAnApprover() {
        assertThat(GRANT.part()).isEqualTo(Part.APPROVER);
        assertThat(GRANT.brief(RELEASE, 4).facts())
                .anySatisfy(fact -> assertThat(fact.value()).isEqualTo("The load test"));
        assertThat(VALIDATE.brief(RELEASE, 4).facts())
                .anySatisfy(fact -> assertThat(fact.value()).isEqualTo("The load test is run."));
    }

    private static void decided(String verdict) {
        asked();
        ENGINE.complete(
                "p-carla",
                "change-authority",
                GRANT.task(),
                Map.of("exemptionVerdict", verdict, "exemptionReason", "The fault costs more."));
    }

    private static long running() {
        return ENGINE.engine().getRuntimeService().createProcessInstanceQuery().count();
    }
}
