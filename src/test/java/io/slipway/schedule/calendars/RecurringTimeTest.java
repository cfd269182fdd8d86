package io.slipway.schedule.calendars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import io.slipway.release.Refused;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.calendars.RecurringTime.Expansion;
import io.slipway.schedule.calendars.RecurringTime.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Capability("2.1")
class RecurringTimeTest {

    private static Expansion expand(Kind kind, String from, String to, String... lines) {
        return RecurringTime.parse(String.join("\r\n", lines))
                .expand(kind, new TimeSpan(Instant.parse(from), Instant.parse(to)));
    }

    private static TimeSpan span(String from, String to) {
        return new TimeSpan(Instant.parse(from), Instant.parse(to));
    }

    private static final String[] NIGHTLY = {
        "DTSTART;TZID=America/New_York:20260101T023000", "DURATION:PT1H", "RRULE:FREQ=DAILY"
    };

    @Test
    void anAllowedTimeThatClocksSkipDoesNotTakePlaceAndSaysSo() {
        Expansion around = expand(Kind.ALLOW, "2026-03-07T05:00:00Z", "2026-03-10T04:00:00Z", NIGHTLY);

        assertThat(around.spans())
                .containsExactly(
                        span("2026-03-07T07:30:00Z", "2026-03-07T08:30:00Z"),
                        span("2026-03-09T06:30:00Z", "2026-03-09T07:30:00Z"));
        assertThat(around.warnings()).singleElement().asString().contains("2026-03-08T02:30", "skip");
    }

    @Test
    void aDeniedTimeThatClocksSkipCoversTheGap() {
        Expansion around = expand(Kind.DENY, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", NIGHTLY);

        // Clocks jump from 02:00 to 03:00 at 07:00Z; with the offset before, 02:30 would be 07:30Z.
        assertThat(around.spans()).containsExactly(span("2026-03-08T07:00:00Z", "2026-03-08T08:30:00Z"));
        assertThat(around.warnings()).singleElement().asString().contains("gap");
    }

    @Test
    void ofATimeThatClocksShowTwiceTheFirstIsAllowedAndBothAreDenied() {
        String[] early = {"DTSTART;TZID=America/New_York:20260101T013000", "DURATION:PT15M", "RRULE:FREQ=DAILY"};

        assertThat(expand(Kind.ALLOW, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", early)
                        .spans())
                .containsExactly(span("2026-11-01T05:30:00Z", "2026-11-01T05:45:00Z"));
        assertThat(expand(Kind.DENY, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", early)
                        .spans())
                .containsExactly(span("2026-11-01T05:30:00Z", "2026-11-01T06:45:00Z"));
    }

    @Test
    void knowsTheHalfHourOfLordHowe() {
        String[] early = {"DTSTART;TZID=Australia/Lord_Howe:20260101T021500", "DURATION:PT1H", "RRULE:FREQ=DAILY"};

        // On 4 October clocks go from 02:00 (+10:30) to 02:30 (+11:00), at 15:30Z of the day before.
        assertThat(expand(Kind.ALLOW, "2026-10-03T12:00:00Z", "2026-10-04T12:00:00Z", early)
                        .spans())
                .isEmpty();
        assertThat(expand(Kind.DENY, "2026-10-03T12:00:00Z", "2026-10-04T12:00:00Z", early)
                        .spans())
                .containsExactly(span("2026-10-03T15:30:00Z", "2026-10-03T16:45:00Z"));
        // On 5 April they go back from 02:00 (+11:00) to 01:30 (+10:30); 02:15 is there once.
        assertThat(expand(Kind.ALLOW, "2026-04-04T12:00:00Z", "2026-04-05T12:00:00Z", early)
                        .spans())
                .containsExactly(span("2026-04-04T15:45:00Z", "2026-04-04T16:45:00Z"));
    }

    @Test
    void samoaHadNoThirtiethOfDecember() {
        String[] daily = {"DTSTART;TZID=Pacific/Apia:20111228T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"};

        // What clocks skip is not counted: 28, 29, 31 and 1 January.
        assertThat(expand(Kind.ALLOW, "2011-12-28T00:00:00Z", "2012-01-05T00:00:00Z", daily)
                        .spans())
                .extracting(TimeSpan::start)
                .containsExactly(
                        Instant.parse("2011-12-28T20:00:00Z"),
                        Instant.parse("2011-12-29T20:00:00Z"),
                        Instant.parse("2011-12-30T20:00:00Z"),
                        Instant.parse("2011-12-31T20:00:00Z"));
    }

    @Test
    void findsTheLastWorkingDayAndTheThirdSaturday() {
        assertThat(expand(
                                Kind.DENY,
                                "2026-01-01T00:00:00Z",
                                "2026-06-30T00:00:00Z",
                                "DTSTART;TZID=Europe/Zurich:20260130T180000",
                                "DURATION:PT6H",
                                "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
                        .spans())
                .extracting(span -> span.start().toString().substring(0, 10))
                .containsExactly("2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29");
        assertThat(expand(
                                Kind.ALLOW,
                                "2026-01-01T00:00:00Z",
                                "2026-05-01T00:00:00Z",
                                "DTSTART;TZID=Europe/Zurich:20260117T220000",
                                "DURATION:PT4H",
                                "RRULE:FREQ=MONTHLY;BYDAY=3SA")
                        .spans())
                .containsExactly(
                        span("2026-01-17T21:00:00Z", "2026-01-18T01:00:00Z"),
                        span("2026-02-21T21:00:00Z", "2026-02-22T01:00:00Z"),
                        span("2026-03-21T21:00:00Z", "2026-03-22T01:00:00Z"),
                        span("2026-04-18T20:00:00Z", "2026-04-19T00:00:00Z"));
    }

    /** The dates were found with another implementation of RFC 5545; a week begins on Monday where nothing is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20260221T023000 | FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;COUNT=5 | 02-21 02-22 03-07 03-08 03-21",
                "20260221T023000 | FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU;COUNT=5;WKST=SU | 02-21 03-01 03-07 03-15 03-21",
                "20260101T023000 | FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=1 | 05-11",
                "20260101T023000 | FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=1 | 12-28",
                "20260601T023000 | FREQ=WEEKLY;BYMONTH=6;BYDAY=FR;UNTIL=20261231 | 06-05 06-12 06-19 06-26",
                "20240229T023000 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2 | 02-29 02-29"
            })
    void recursAsTheStandardSays(String start, String rule, String days) {
        assertThat(expand(
                                Kind.DENY,
                                "2024-01-01T00:00:00Z",
                                "2029-01-01T00:00:00Z",
                                "DTSTART;TZID=UTC:" + start,
                                "DURATION:PT1H",
                                "RRULE:" + rule)
                        .spans())
                .extracting(span -> span.start().toString().substring(5, 10))
                .containsExactly(days.split(" "));
    }

    @Test
    void takesWholeDaysAndAnEndAsCalendarsWriteThem() {
        assertThat(expand(
                                Kind.DENY,
                                "2026-01-01T00:00:00Z",
                                "2027-01-01T00:00:00Z",
                                "DTSTART;VALUE=DATE;TZID=Europe/Zurich:20261023",
                                "DTEND;VALUE=DATE:20261026")
                        .spans())
                .containsExactly(span("2026-10-22T22:00:00Z", "2026-10-25T23:00:00Z"));
        assertThat(expand(
                                Kind.ALLOW,
                                "2026-01-01T00:00:00Z",
                                "2027-01-01T00:00:00Z",
                                "DTSTART;TZID=Europe/Zurich:20260301T220000",
                                "DTEND;TZID=Europe/Zurich:20260302T023000")
                        .spans())
                .containsExactly(span("2026-03-01T21:00:00Z", "2026-03-02T01:30:00Z"));
    }

    @ParameterizedTest(name = "a day of {1} is {2} hours long")
    @CsvSource({"P1D, 2026-03-29, 23", "P1D, 2026-10-25, 25", "PT24H, 2026-03-29, 24", "P1D, 2026-03-30, 24"})
    void daysAreThoseOfTheCalendarAndHoursAreExact(String duration, String day, long hours) {
        String[] daily = {"DTSTART;TZID=Europe/Zurich:20260101T000000", "DURATION:" + duration, "RRULE:FREQ=DAILY"};

        TimeSpan found = expand(Kind.ALLOW, day + "T11:00:00Z", day + "T12:00:00Z", daily).spans().stream()
                .reduce((one, other) -> other)
                .orElseThrow();

        assertThat(Duration.between(found.start(), found.end())).isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void reachesAcrossMidnightAndAcrossTheShift() {
        assertThat(expand(
                                Kind.ALLOW,
                                "2026-03-28T20:00:00Z",
                                "2026-03-29T20:00:00Z",
                                "DTSTART;TZID=Europe/Zurich:20260328T220000",
                                "DURATION:PT8H")
                        .spans())
                .containsExactly(span("2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"));
    }

    @Test
    void leavesOutWholeDaysOfARuleOfWholeDays() {
        assertThat(expand(
                                Kind.DENY,
                                "2026-01-01T00:00:00Z",
                                "2026-12-31T00:00:00Z",
                                "DTSTART;VALUE=DATE;TZID=UTC:20260105",
                                "DURATION:P1D",
                                "RRULE:FREQ=DAILY;COUNT=3",
                                "EXDATE;VALUE=DATE:20260106")
                        .spans())
                .containsExactly(
                        span("2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z"),
                        span("2026-01-07T00:00:00Z", "2026-01-08T00:00:00Z"));
    }

    /** Clocks in Zurich go forward on 29 March 2026 and back on 25 October 2026. */
    @ParameterizedTest(name = "{0} from {1} to {2} ends at {3}")
    @CsvSource({
        "ALLOW, 20260328T220000, 20260329T060000, 2026-03-29T04:00:00Z",
        "DENY, 20260328T220000, 20260329T060000, 2026-03-29T04:00:00Z",
        "ALLOW, 20261024T220000, 20261025T060000, 2026-10-25T05:00:00Z",
        "DENY, 20261024T220000, 20261025T060000, 2026-10-25T05:00:00Z",
        "ALLOW, 20260328T220000, 20260330T060000, 2026-03-30T04:00:00Z",
        "DENY, 20261024T220000, 20261026T060000, 2026-10-26T05:00:00Z",
        // Clocks skip 02:30 in March, and show it twice in October.
        "ALLOW, 20260328T220000, 20260329T023000, 2026-03-29T01:00:00Z",
        "DENY, 20260328T220000, 20260329T023000, 2026-03-29T01:30:00Z",
        "ALLOW, 20261024T220000, 20261025T023000, 2026-10-25T00:30:00Z",
        "DENY, 20261024T220000, 20261025T023000, 2026-10-25T01:30:00Z"
    })
    void endsWhenClocksShowTheEnd(Kind kind, String start, String end, Instant ends) {
        assertThat(expand(
                                kind,
                                "2026-01-01T00:00:00Z",
                                "2027-01-01T00:00:00Z",
                                "DTSTART;TZID=Europe/Zurich:" + start,
                                "DTEND;TZID=Europe/Zurich:" + end)
                        .spans())
                .singleElement()
                .extracting(TimeSpan::end)
                .isEqualTo(ends);
    }

    @ParameterizedTest(name = "begun on {0}")
    @CsvSource({"20260301T220000, 20260302T060000", "20260328T220000, 20260329T060000"})
    void aNightEndsAtTheSameHourWheneverClocksAreMovedAndWheneverItWasBegun(String start, String end) {
        String[] nights = {"DTSTART;TZID=Europe/Zurich:" + start, "DTEND;TZID=Europe/Zurich:" + end, "RRULE:FREQ=DAILY"
        };
        for (Kind kind : Kind.values()) {
            assertThat(expand(kind, "2026-03-28T20:00:00Z", "2026-03-30T20:00:00Z", nights)
                            .spans())
                    .containsExactly(
                            span("2026-03-28T21:00:00Z", "2026-03-29T04:00:00Z"),
                            span("2026-03-29T20:00:00Z", "2026-03-30T04:00:00Z"));
            assertThat(expand(kind, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z", nights)
                            .spans())
                    .containsExactly(
                            span("2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"),
                            span("2026-10-25T21:00:00Z", "2026-10-26T05:00:00Z"));
        }
    }

    @Test
    void addsAndLeavesOutSingleDatesAndEndsWhenItIsTold() {
        assertThat(expand(
                                Kind.DENY,
                                "2026-01-01T00:00:00Z",
                                "2026-12-31T00:00:00Z",
                                "DTSTART;TZID=Europe/Zurich:20260105T090000",
                                "DURATION:PT1H",
                                "RRULE:FREQ=WEEKLY;UNTIL=20260126T080000Z",
                                "EXDATE;TZID=Europe/Zurich:20260112T090000",
                                "RDATE;TZID=Europe/Zurich:20260601T090000")
                        .spans())
                .extracting(span -> span.start().toString())
                .containsExactly(
                        "2026-01-05T08:00:00Z", "2026-01-19T08:00:00Z", "2026-01-26T08:00:00Z", "2026-06-01T07:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART;TZID=Mars/Olympus:20260101T000000\\nDURATION:PT1H | Mars/Olympus",
                "DTSTART:20260101T000000\\nDURATION:PT1H | zone",
                "DTSTART;TZID=UTC:20260101T000000 | DURATION",
                "DURATION:PT1H | DTSTART",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=SECONDLY | HOURLY",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=MINUTELY | HOURLY",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;COUNT=99999 | COUNT",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:${7*7} | RRULE",
                "DTSTART;TZID=UTC:20260230T000000\\nDURATION:PT1H | 20260230",
                "DTSTART;TZID=UTC:20261332T000000\\nDURATION:PT1H | 20261332T000000",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:P | DURATION",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;INTERVAL=0 | INTERVAL",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;INTERVAL=-1 | INTERVAL",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;BYMONTH=13 | BYMONTH",
                "DTSTART;TZID=UTC:20260131T000000\\nDURATION:PT1H\\nRRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2 | never",
                "DTSTART;TZID=UTC:20260131T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;UNTIL=20260101 | never",
                "DTSTART;TZID=UTC:20260131T000000\\nDTEND:20260130T000000 | DTEND",
                "DTSTART;TZID=UTC:20260131T000000\\nDTEND:20280130T000000 | DTEND",
                "DTSTART;TZID=UTC;VALUE=DATE:20260231\\nDURATION:P1D | 20260231",
                "DTSTART;TZID=UTC:20260101T093000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY\\nEXDATE;VALUE=DATE:20260103 | T093000 without VALUE=DATE",
                "DTSTART;TZID=UTC:20260101T093000\\nDURATION:PT1H\\nRDATE;VALUE=DATE:20260103 | T093000 without VALUE=DATE",
                "EXDATE;VALUE=DATE:20260103\\nDTSTART;TZID=UTC:20260101T093000\\nDURATION:PT1H | T093000 without VALUE=DATE",
                "DTSTART;TZID=UTC;VALUE=DATE:20260101\\nDURATION:P1D\\nRRULE:FREQ=DAILY\\nEXDATE:20260103T090000 | VALUE=DATE",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;INTERVAL=2;FREQ=WEEKLY | FREQ twice",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;COUNT=2;COUNT=9 | COUNT twice",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=DAILY;UNTIL=20260201;UNTIL=20270201 | UNTIL twice",
                "DTSTART;TZID=UTC:20260101T000000\\nDURATION:PT1H\\nRRULE:FREQ=YEARLY;BYMONTH=1;BYMONTH=2 | BYMONTH twice",
                "nonsense | NAME:VALUE"
            })
    void refusesWhatItDoesNotUnderstand(String text, String named) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> RecurringTime.parse(text.replace("\\n", "\n")))
                .withMessageContaining(named)
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("rule"));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> RecurringTime.parse("X".repeat(5_000)))
                .withMessageContaining("characters");
        assertThat(List.of(Kind.values())).extracting(Kind::label).containsExactly("Allowed", "Denied");
    }
}
