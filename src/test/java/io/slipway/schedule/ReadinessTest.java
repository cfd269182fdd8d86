package io.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.release.NotPermitted;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Capability("2.2")
class ReadinessTest extends ScheduleFixture {

    private static final String DORA = "p-dora";

    private void ready(String... functions) {
        for (String function : functions) {
            readiness.answer(release, "p-" + function, function, Readiness.Verdict.READY, "");
        }
    }

    private void go() {
        readiness.decide(release, DORA, Readiness.Decision.GO, "");
        when(releases.involved(release.id(), Part.DEPLOYER)).thenReturn(List.of(DORA));
    }

    @Test
    void asksTheFunctionsOfTheConfigurationWhenTheWindowOpens() {
        assertThatThrownBy(() -> readiness.open(release)).hasMessageContaining("No window is planned");
        planned("10:00", 60);

        assertThat(readiness.open(release))
                .isEqualTo(new Readiness.Opening(at("10:00"), List.of("qa", "security", "operations", "service-desk")));
    }

    @Test
    void letsProductionBeTouchedAfterAGoThatEveryFunctionIsReadyFor() {
        planned("09:00", 60);
        assertThat(readinessCondition.obstacles(release, PRODUCTION)).hasSize(5);
        ready("qa", "security", "operations", "service-desk");
        assertThat(readinessCondition.obstacles(release, PRODUCTION))
                .containsExactly(
                        "No go is given for the present window of " + release.key() + "; a deployer decides it.");
        go();

        assertThat(readinessCondition.obstacles(release, PRODUCTION)).isEmpty();
        assertThat(readiness.conclude(release)).isEqualTo(Readiness.Decision.GO);
        verify(releases).involve(release.id(), DORA, Part.DEPLOYER);
    }

    @Test
    void refusesAGoWhileAFunctionSaidNoAndTakesANoGo() {
        planned("09:00", 60);
        ready("qa", "operations", "service-desk");
        readiness.answer(release, "p-security", "security", Readiness.Verdict.NOT_READY, "A finding is open");

        assertThatThrownBy(() -> readiness.decide(release, DORA, Readiness.Decision.GO, ""))
                .isInstanceOf(Refused.class)
                .hasMessage("There is no go while Security is not ready: A finding is open; please decide no-go.");
        assertThatThrownBy(() -> readiness.decide(release, DORA, Readiness.Decision.NO_GO, " "))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> readiness.conclude(release)).isInstanceOf(IllegalStateException.class);
        readiness.decide(release, DORA, Readiness.Decision.NO_GO, "Security found something");

        assertThat(readiness.conclude(release)).isEqualTo(Readiness.Decision.NO_GO);
        assertThat(readinessCondition.obstacles(release, PRODUCTION))
                .anySatisfy(obstacle -> assertThat(obstacle).startsWith("No-go was decided"))
                .anySatisfy(obstacle -> assertThat(obstacle).startsWith("Security is not ready: A finding is open"));
    }

    @Test
    void refusesAGoWhileAFunctionIsSilentAlsoWhenTheProcessWasToldToAskFewer() {
        planned("09:00", 60);
        ready("qa");

        assertThatThrownBy(() -> readiness.decide(release, DORA, Readiness.Decision.GO, ""))
                .hasMessageContaining("Security has not answered, and Operations has not answered");
    }

    @Test
    void takesEachAnswerAndTheDecisionOnceInARound() {
        planned("09:00", 60);
        ready("qa", "security", "operations", "service-desk");
        go();

        assertThatThrownBy(() -> ready("qa")).hasMessageContaining("Quality assurance has answered");
        assertThatThrownBy(() -> readiness.decide(release, DORA, Readiness.Decision.NO_GO, "Changed my mind"))
                .hasMessageContaining("was decided for this window already");
    }

    @Test
    void asksEverybodyAgainForAnotherWindow() {
        planned("09:00", 60);
        ready("qa", "security", "operations", "service-desk");
        go();

        windows.openRound(release);
        assertThat(readinessCondition.obstacles(release, PRODUCTION)).hasSize(5);
        assertThatThrownBy(() -> ready("qa")).hasMessageContaining("No window is planned");
        propose("09:00", 90);
        windows.check(release);
        windows.plan(release);

        assertThat(readinessCondition.obstacles(release, PRODUCTION)).hasSize(5);
        ready("qa", "security", "operations", "service-desk");
        assertThat(readinessCondition.obstacles(release, PRODUCTION)).hasSize(1);
        go();
        assertThat(readinessCondition.obstacles(release, PRODUCTION)).isEmpty();
    }

    @Test
    void countsAGoOnlyWithinTheWindow() {
        planned("09:00", 60);
        ready("qa", "security", "operations", "service-desk");
        clock.set(at("10:00"));

        assertThatThrownBy(() -> readiness.decide(release, DORA, Readiness.Decision.GO, ""))
                .hasMessage("A go counts from 2026-03-02 09:00 UTC to 2026-03-02 10:00 UTC;"
                        + " please decide no-go, so that another window is looked for.");
        clock.set(at("10:00").minus(Duration.ofMillis(1)));
        go();
    }

    @Test
    void asksNobodyBeforeTheWindowOpens() {
        planned("10:00", 60);

        assertThatThrownBy(() -> ready("qa"))
                .hasMessage("Readiness is asked when the window opens, at 2026-03-02 10:00 UTC.");
    }

    @Test
    void takesNoGoOfSomebodyWhoIsNoDeployerOfTheRelease() {
        planned("09:00", 60);
        ready("qa", "security", "operations", "service-desk");
        readiness.decide(release, DORA, Readiness.Decision.GO, "");
        when(releases.involved(release.id(), Part.DEPLOYER)).thenReturn(List.of("p-somebody"));

        assertThat(readinessCondition.obstacles(release, PRODUCTION))
                .singleElement()
                .asString()
                .contains("is no deployer of it");
    }

    @Test
    @Capability("8.4")
    void keepsARequesterFromGivingTheGo() {
        planned("09:00", 60);
        ready("qa", "security", "operations", "service-desk");
        doThrow(new Refused("another person")).when(releases).involve(release.id(), RITA, Part.DEPLOYER);

        assertThatThrownBy(() -> readiness.decide(release, RITA, Readiness.Decision.GO, ""))
                .hasMessage("another person");
        assertThat(readiness.decision(release)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"developer", "nobody", ""})
    void letsOnlyFunctionsOfTheConfigurationAnswer(String function) {
        planned("09:00", 60);

        assertThatThrownBy(() -> ready(function)).hasMessageContaining("is not asked for its readiness");
    }

    @Test
    @Capability("8.4")
    void letsOnlyPeopleOfTheFunctionAnswer() {
        planned("09:00", 60);
        doThrow(new NotPermitted("no")).when(permissions).require(release, "p-qa", Role.QA);
        doThrow(new NotPermitted("no")).when(permissions).require(release, DORA, Role.DEPLOYER);

        assertThatThrownBy(() -> ready("qa")).isInstanceOf(NotPermitted.class);
        assertThatThrownBy(() -> readiness.decide(release, DORA, Readiness.Decision.NO_GO, "no"))
                .isInstanceOf(NotPermitted.class);
    }

    @Test
    void wantsAReasonFromAFunctionThatIsNotReady() {
        planned("09:00", 60);

        assertThatThrownBy(() -> readiness.answer(release, "p-qa", "qa", Readiness.Verdict.NOT_READY, " "))
                .hasMessageContaining("Please give a reason");
    }

    @Test
    void refusesAConfigurationWithoutFunctionsOrWithUnknownOnes() {
        Duration fourHours = Duration.ofHours(4);
        assertThatThrownBy(() -> new ScheduleSettings(List.of(), fourHours)).hasMessageContaining("at least one role");
        assertThatThrownBy(() -> new ScheduleSettings(List.of("qa", "qa"), fourHours))
                .hasMessageContaining("none twice");
        assertThatThrownBy(() -> new ScheduleSettings(List.of("marketing"), fourHours))
                .hasMessageContaining("'marketing', which is no role");
        assertThatThrownBy(() -> new ScheduleSettings(List.of("qa"), Duration.ofHours(5)))
                .hasMessageContaining("PT1S to PT4H");
    }
}
