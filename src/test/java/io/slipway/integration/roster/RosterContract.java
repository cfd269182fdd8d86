package io.slipway.integration.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import io.slipway.integration.roster.Roster.Absence;
import io.slipway.integration.roster.Roster.Duty;
import io.slipway.integration.roster.Roster.Member;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every roster must do, whoever keeps it. */
@Capability("2.2")
abstract class RosterContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** The roster under test. */
    abstract Roster roster();

    private final String person = "p-" + UUID.randomUUID();

    private Member member(String... functions) {
        return new Member(
                person,
                Set.of(functions),
                ZoneId.of("Europe/Zurich"),
                Set.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                LocalTime.of(22, 0),
                LocalTime.of(6, 30));
    }

    @Test
    void tellsWhatWasSaidLastAboutAPerson() {
        roster().put(member("qa"));
        roster().put(member("qa", "service-desk"));

        assertThat(roster().members().stream().filter(member -> member.person().equals(person)))
                .containsExactly(member("qa", "service-desk"));
    }

    @Test
    void findsAbsencesAndDutiesThatAStretchOfTimeMeets() {
        roster().absent(new Absence(person, NOON, NOON.plusSeconds(60), "Leave"));
        roster().absent(new Absence(person, NOON, NOON.plusSeconds(90), "Longer leave"));
        roster().onDuty(new Duty(person, "qa", NOON, NOON.plusSeconds(60)));

        assertThat(roster().absences(NOON.plusSeconds(60), NOON.plusSeconds(61), Roster.MOST).stream()
                        .filter(absence -> absence.person().equals(person)))
                .containsExactly(new Absence(person, NOON, NOON.plusSeconds(90), "Longer leave"));
        assertThat(roster().duties(NOON.minusSeconds(9), NOON.plusSeconds(1), Roster.MOST).stream()
                        .filter(duty -> duty.person().equals(person)))
                .containsExactly(new Duty(person, "qa", NOON, NOON.plusSeconds(60)));
        assertThat(roster().duties(NOON.minusSeconds(9), NOON, Roster.MOST).stream()
                        .filter(duty -> duty.person().equals(person)))
                .isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatExceptionOfType(RosterRefused.class)
                .isThrownBy(() -> roster().put(member()))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("functions"));
        assertThatExceptionOfType(RosterRefused.class)
                .isThrownBy(() -> roster().absent(new Absence(person, NOON, NOON, "Never")));
        assertThatExceptionOfType(RosterRefused.class)
                .isThrownBy(() -> roster().onDuty(new Duty(" ", "qa", NOON, NOON.plusSeconds(1))));
        assertThat(roster().members().stream().filter(member -> member.person().equals(person)))
                .isEmpty();
    }
}
