package io.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.release.NotFound;
import io.slipway.release.NotPermitted;
import io.slipway.release.Refused;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.PageRequest;

@Capability("2.1")
class WindowsTest extends ScheduleFixture {

    @AfterEach
    void liftEverything() {
        clock.set(Instant.parse("2020-01-01T00:00:00Z"));
        blackouts.list(PageRequest.of(0, 1000)).forEach(blackout -> blackouts.lift(RITA, blackout.id()));
    }

    @Test
    void plansAWindowThatMeetsNoBlackout() {
        blackout("Until noon", "10:00", "12:00");
        windows.openRound(release);
        propose("12:00", 120);

        assertThat(windows.check(release)).isEqualTo(Windows.Verdict.FREE);
        assertThat(windows.present(release)).isEmpty();
        windows.plan(release);

        verify(releases).planWindow(release.id(), at("12:00"), at("14:00"));
        assertThat(windows.present(release).orElseThrow().span()).contains(new TimeSpan(at("12:00"), at("14:00")));
    }

    @Test
    void namesEveryBlackoutThatAWindowMeetsInTheTimeOfItsPlace() {
        blackout("Financial close", "10:00", "12:00");
        blackout("Peak trading", "13:00", "20:00");
        windows.openRound(release);
        propose("11:00", 180);

        assertThat(windows.check(release)).isEqualTo(Windows.Verdict.BUSY);
        assertThat(windows.latest(release).orElseThrow().finding())
                .contains("It meets the blackout 'Financial close' (2026-03-02 11:00 Europe/Zurich to 2026-03-02 13:00"
                        + " Europe/Zurich) and the blackout 'Peak trading' (2026-03-02 14:00 Europe/Zurich to"
                        + " 2026-03-02 21:00 Europe/Zurich); please choose another time.");
        assertThatThrownBy(() -> windows.plan(release))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("was not found free");
        verify(releases, never()).planWindow(any(), any(), any());
    }

    @Test
    void looksOnlyAtBlackoutsOfTheSystemAndOfItsProduction() {
        blackouts.enter(
                RITA, new NewBlackout("Other system", "billing", null, at("10:00"), at("20:00"), "Europe/Zurich"));
        blackouts.enter(
                RITA, new NewBlackout("Staging", "storefront", "staging", at("10:00"), at("20:00"), "Europe/Zurich"));
        assertThat(blackouts.ahead(release)).isEmpty();
        planned("11:00", 60);
        clock.set(at("11:30"));
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();

        blackouts.enter(
                RITA,
                new NewBlackout("Production", "storefront", "production", at("11:00"), at("12:00"), "Asia/Tokyo"));

        assertThat(blackouts.ahead(release)).extracting(Blackout::name).containsExactly("Production");
        assertThat(windowCondition.obstacles(release, PRODUCTION))
                .containsExactly("The blackout 'Production' holds until 2026-03-02 21:00 Asia/Tokyo;"
                        + " please ask for another window.");
    }

    @Test
    void findsExactlyTheBlackoutsThatHaveAMinuteInCommon() {
        Random random = new Random(3);
        List<TimeSpan> spans = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Instant start = NINE.plus(Duration.ofMinutes(random.nextInt(40)));
            TimeSpan span = new TimeSpan(start, start.plus(Duration.ofMinutes(1 + random.nextInt(6))));
            spans.add(span);
            blackouts.enter(RITA, new NewBlackout("B" + i, null, null, span.start(), span.end(), "UTC"));
        }
        for (int from = 0; from < 45; from++) {
            for (int length = 1; length < 5; length++) {
                TimeSpan asked =
                        new TimeSpan(NINE.plus(Duration.ofMinutes(from)), NINE.plus(Duration.ofMinutes(from + length)));
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < spans.size(); i++) {
                    for (int minute = from; minute < from + length; minute++) {
                        if (spans.get(i).contains(NINE.plus(Duration.ofMinutes(minute)))) {
                            expected.add("B" + i);
                            break;
                        }
                    }
                }
                assertThat(blackouts.meeting(release, asked))
                        .extracting(Blackout::name)
                        .as("blackouts in " + asked)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
            Instant moment = NINE.plus(Duration.ofMinutes(from));
            for (int length = 1; length < 8; length++) {
                Duration lasting = Duration.ofMinutes(length);
                Instant free = moment;
                while (meets(spans, new TimeSpan(free, free.plus(lasting)))) {
                    free = free.plus(Duration.ofMinutes(1));
                }
                assertThat(windows.nextFree(release, moment, lasting))
                        .as("free for " + lasting + " from " + moment)
                        .contains(new TimeSpan(free, free.plus(lasting)));
            }
            assertThat(blackouts.at(release, "production", moment)).hasSize((int)
                    spans.stream().filter(span -> span.contains(moment)).count());
        }
    }

    private static boolean meets(List<TimeSpan> spans, TimeSpan asked) {
        return spans.stream()
                .anyMatch(
                        span -> span.start().isBefore(asked.end()) && span.end().isAfter(asked.start()));
    }

    @Test
    void opensTheWindowOfAnEmergencyAtOnceAndNamesTheBlackoutsThatItBreaks() {
        blackout("Peak trading", "08:00", "11:00");
        release = ReleaseFixture.classified(ReleaseClass.EMERGENCY, release);
        windows.openRound(release);
        windows.openEmergency(release);
        windows.plan(release);

        verify(releases).planWindow(release.id(), NINE, at("13:00"));
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();
        assertThat(part.content(release).summary())
                .isEqualTo("2026-03-02 09:00 UTC to 2026-03-02 13:00 UTC, emergency, breaking 1 blackout");

        blackout("Lockdown", "09:00", "10:00");
        assertThat(windowCondition.obstacles(release, PRODUCTION))
                .singleElement()
                .asString()
                .contains("'Lockdown' holds until");
        assertThatThrownBy(() -> part.content(release)).hasMessageContaining("'Lockdown'");
    }

    @Test
    @Capability({"2.1", "8.4"})
    void opensNoEmergencyWindowForAReleaseThatOnlyAVariableCallsAnEmergency() {
        release = ReleaseFixture.classified(ReleaseClass.MINOR, release);
        windows.openRound(release);

        assertThatThrownBy(() -> windows.openEmergency(release))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("is no emergency on record")
                .hasMessageContaining("back to MINOR");
    }

    @Test
    void saysFromWhenAndUntilWhenProductionMayBeTouched() {
        planned("10:00", 60);

        assertThat(windowCondition.obstacles(release, PRODUCTION))
                .containsExactly("The window of " + release.key() + " opens at 2026-03-02 10:00 UTC;"
                        + " please wait until then.");
        clock.set(at("10:00"));
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();
        clock.set(at("11:00").minusMillis(1));
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();
        clock.set(at("11:00"));
        assertThat(windowCondition.obstacles(release, PRODUCTION))
                .containsExactly("The window of " + release.key() + " ended at 2026-03-02 11:00 UTC;"
                        + " please ask for another one.");
    }

    @Test
    void noticesABlackoutThatIsEnteredAfterTheWindowWasPlannedAndOneThatIsLifted() {
        planned("10:00", 60);
        assertThat(part.content(release).summary()).isEqualTo("2026-03-02 10:00 UTC to 2026-03-02 11:00 UTC");

        Blackout late = blackout("Financial close", "10:30", "12:00");

        assertThatThrownBy(() -> part.content(release))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'Financial close'")
                .hasMessageContaining("please ask for another window");
        clock.set(at("10:15"));
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();
        clock.set(at("10:45"));
        assertThat(windowCondition.obstacles(release, PRODUCTION)).hasSize(1);
        blackouts.lift(RITA, late.id());
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();
        assertThatThrownBy(() -> blackouts.lift(RITA, late.id())).isInstanceOf(NotFound.class);
    }

    @Test
    void plansNothingThatMetABlackoutBetweenCheckAndPlan() {
        windows.openRound(release);
        propose("10:00", 60);
        windows.check(release);
        blackout("Just entered", "10:00", "12:00");

        assertThatThrownBy(() -> windows.plan(release)).hasMessageContaining("entered meanwhile");
    }

    @Test
    void countsTheEarlierWindowNoLongerOnceAnotherIsLookedFor() {
        planned("09:00", 120);
        assertThat(windowCondition.obstacles(release, PRODUCTION)).isEmpty();
        Object signed = part.content(release);

        windows.openRound(release);

        assertThat(windows.present(release)).isEmpty();
        assertThat(windowCondition.obstacles(release, PRODUCTION))
                .singleElement()
                .asString()
                .startsWith("No window is planned");
        assertThatThrownBy(() -> part.content(release)).isInstanceOf(IllegalStateException.class);
        propose("09:00", 120);
        windows.check(release);
        windows.plan(release);
        assertThat(part.content(release)).isNotEqualTo(signed);
        assertThat(windows.history(release)).extracting(ReleaseWindow::round).containsExactly(2, 1);
    }

    @Test
    void refusesAWindowThatTheReleaseDoesNotNameItself() {
        planned("09:00", 120);
        ReleaseFixture.planned(at("09:00"), at("23:00"), release);

        assertThatThrownBy(() -> part.content(release)).hasMessageContaining("is not the one that was planned");
        assertThatThrownBy(() -> windowCondition.obstacles(release, PRODUCTION))
                .hasMessageContaining("is not the one that was planned");
    }

    @Test
    void plansTwiceWhatItPlansOnce() {
        planned("10:00", 60);
        windows.plan(release);

        verify(releases, times(1)).planWindow(any(), any(), any());
        verify(audit).record(argThat(entry -> entry.action().equals("schedule.planWindow")));
        assertThatThrownBy(() -> propose("12:00", 60)).hasMessageContaining("planned already");
        assertThatThrownBy(() -> windows.check(release)).hasMessageContaining("planned already");
    }

    @Test
    void refusesProposalsThatCannotBe() {
        assertThatThrownBy(() -> propose("10:00", 60)).hasMessageContaining("No window is looked for");
        windows.openRound(release);
        assertThatThrownBy(() -> propose("07:00", 60)).hasMessageContaining("lies in the past");
        assertThatThrownBy(() -> propose("10:00", 0)).hasMessageContaining("at least a minute");
        assertThatThrownBy(() -> windows.check(release)).hasMessageContaining("No window is proposed");
        doThrow(new NotPermitted("no")).when(permissions).require(release, RITA, Role.RELEASE_MANAGER);
        assertThatThrownBy(() -> propose("10:00", 60)).isInstanceOf(NotPermitted.class);
    }

    @Test
    void refusesBlackoutsThatCannotBe() {
        when(landscape.system("nowhere")).thenThrow(new NotFound("system", "nowhere"));
        assertThatThrownBy(() -> blackout(" ", "10:00", "11:00")).hasMessageContaining("name");
        assertThatThrownBy(() -> blackout("Backwards", "11:00", "10:00")).hasMessageContaining("after it starts");
        assertThatThrownBy(() -> enter(null, null, "Mars/Olympus")).hasMessageContaining("IANA zone");
        assertThatThrownBy(() -> enter(null, "staging", "UTC")).hasMessageContaining("name the system");
        assertThatThrownBy(() -> enter("nowhere", null, "UTC")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> blackouts.enter(
                        RITA, new NewBlackout("Too long", null, null, NINE, NINE.plus(Duration.ofDays(401)), "UTC")))
                .hasMessageContaining("400 days");
        doThrow(new NotPermitted("no")).when(permissions).require(RITA, Role.RELEASE_MANAGER);
        assertThatThrownBy(() -> blackout("Mine", "10:00", "11:00")).isInstanceOf(NotPermitted.class);
    }

    private void enter(
            @org.jspecify.annotations.Nullable String system,
            @org.jspecify.annotations.Nullable String environment,
            String zone) {
        blackouts.enter(RITA, new NewBlackout("Odd", system, environment, at("10:00"), at("11:00"), zone));
    }
}
