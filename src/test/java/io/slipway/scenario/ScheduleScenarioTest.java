package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.ApprovalPart;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.Landscape;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.StoredIds;
import io.slipway.schedule.Readiness;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.Windows;
import io.slipway.schedule.bookings.SlotTaken;
import io.slipway.schedule.bookings.Slots;
import io.slipway.schedule.bookings.WishedSlot;
import io.slipway.schedule.waves.Wave;
import io.slipway.schedule.waves.Waves;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Time, places and people of releases, in the running application, with a system of their own. */
@GuardedApplication
@Tag("database")
@SuppressWarnings("NullAway.Init")
class ScheduleScenarioTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private EngineAccess access;

    @Autowired
    private Landscape landscape;

    @Autowired
    private EnvironmentSites sites;

    @Autowired
    private EnvironmentBookings bookings;

    @Autowired
    private Releases releases;

    @Autowired
    private Slots slots;

    @Autowired
    private Windows windows;

    @Autowired
    private List<ProductionCondition> conditions;

    @Autowired
    private List<ApprovalPart> parts;

    @Autowired
    private org.springframework.jdbc.core.simple.JdbcClient jdbc;

    @Autowired
    private Waves waves;

    @Autowired
    private Readiness readiness;

    @Autowired
    private TaskService tasks;

    private final String system = "planned-" + NUMBER.incrementAndGet();
    private final List<String> requested = new ArrayList<>();
    private final Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.HOURS);

    private Release requested(String version) {
        landscape.add(system, "Planned", false);
        landscape.addEnvironment(system, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
        landscape.addEnvironment(system, "production", "Production", Environment.Tier.PRODUCTION, 2, 1);
        HttpResponse<String> answer = post(
                "mara",
                "/api/v1/releases",
                Map.of("system", system, "version", version, "title", "Planned", "urgency", "NORMAL"));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        requested.add(system + "-" + version);
        return releases.find(system + "-" + version).orElseThrow();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        requested.forEach(key -> {
            post("mara", "/api/v1/releases/" + key + "/cancel", Map.of("reason", "The test is over."));
            hand.turn(key);
        });
    }

    private HttpResponse<String> post(String login, String path, Map<String, ?> body) {
        return callers.program(login).json("POST", path, callers.write(body));
    }

    private JsonNode read(String login, String path) {
        HttpResponse<String> answer = callers.program(login).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return callers.read(answer);
    }

    private Task task(String key, String id) {
        hand.turn(key);
        return access.asSystem(() -> tasks.createTaskQuery()
                .processInstanceBusinessKey(key)
                .taskDefinitionKey(id)
                .singleResult());
    }

    private void completes(String login, Task task, Map<String, Object> inputs) {
        assertThat(task).isNotNull();
        HttpResponse<String> claimed = callers.program(login)
                .json(
                        "POST",
                        callers.rest("/task/" + task.getId() + "/claim"),
                        callers.write(Map.of("userId", callers.id(login))));
        assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(204);
        HttpResponse<String> answer = callers.program(login)
                .json("POST", callers.rest("/task/" + task.getId() + "/complete"), callers.variables(inputs));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    }

    private Map<String, Object> booking(String release, Instant start, int hours) {
        Map<String, Object> body = new HashMap<>();
        body.put("release", release);
        body.put("environment", "staging");
        body.put("start", start.toString());
        body.put("end", start.plus(hours, ChronoUnit.HOURS).toString());
        body.put("purpose", "Load test ${7*7} <b>");
        return body;
    }

    @Test
    @Capability("2.1")
    void aBlackoutOverAPlannedWindowIsToldAndShown() {
        Release release = requested("22.1.9");
        Release beside = requested("22.1.10");
        planned(release, tomorrow.plus(2, ChronoUnit.HOURS));
        planned(beside, tomorrow.plus(6, ChronoUnit.HOURS));
        String page = "/releases/" + release.key();
        assertThat(callers.person("mara").get(page).body()).contains("It meets no blackout.");

        String staging = blackout("Staging only", "staging");
        String blackout = blackout("Late financial close", "production");

        assertThat(jdbc.sql("select count(*) from notice where notice_key like ?")
                        .param("%/blackout/" + staging)
                        .query(Long.class)
                        .single())
                .as("a blackout of another environment concerns nobody")
                .isZero();
        assertThat(jdbc.sql("select concat(notice_key, ': ', subject) from notice where notice_key like ?")
                        .param("%/blackout/" + blackout)
                        .query(String.class)
                        .list())
                .containsExactly(release.key() + "/blackout/" + blackout + ": The window of " + release.key()
                        + " meets a blackout");
        assertThat(callers.person("mara").get(page).body())
                .contains("Its window now meets the blackout &#39;Late financial close&#39;")
                .doesNotContain("<dd>It meets no blackout.</dd>");
        assertThat(read("mara", "/api/v1/releases/" + release.key() + "/schedule")
                        .at("/meets/0")
                        .asText())
                .contains("Late financial close");
        assertThat(read("mara", "/api/v1/releases/" + beside.key() + "/schedule")
                        .path("meets"))
                .isEmpty();

        String month = "/calendar?month="
                + tomorrow.plus(1, ChronoUnit.HOURS).toString().substring(0, 7);
        assertThat(callers.person("mara").get(month).body())
                .contains("Late financial close (" + system + "/production)", "Staging only (" + system + "/staging)");
        assertThat(callers.program("mara").get("/api/v1/calendar.ics").body())
                .contains("SUMMARY:Blackout: Late financial close");

        callers.program("mara").json("DELETE", "/api/v1/blackouts/" + blackout, "");
        assertThat(callers.person("mara").get(month).body()).doesNotContain("Late financial close");
        assertThat(callers.person("mara").get(page).body()).contains("It meets no blackout.");
        callers.program("mara").json("DELETE", "/api/v1/blackouts/" + staging, "");
    }

    private void planned(Release release, Instant start) {
        access.as(callers.id("mara"), () -> {
            windows.openRound(release);
            windows.propose(release, callers.id("mara"), start, Duration.ofHours(1), null);
            windows.check(release);
            windows.plan(release);
            return true;
        });
    }

    private String blackout(String name, String environment) {
        HttpResponse<String> answer = post(
                "mara",
                "/api/v1/blackouts",
                Map.of(
                        "name",
                        name,
                        "system",
                        system,
                        "environment",
                        environment,
                        "start",
                        tomorrow.plus(1, ChronoUnit.HOURS).toString(),
                        "end",
                        tomorrow.plus(3, ChronoUnit.HOURS).toString(),
                        "zone",
                        "UTC"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return callers.read(answer).path("id").asText();
    }

    @Test
    @Capability("2.3")
    void ofTwoHundredWhoWantOneOfThreePlacesAtTheSameTimeThreeGetIt() throws Exception {
        Release release = requested("22.3.0");
        sites.describe(
                system,
                "staging",
                new EnvironmentSites.Site(
                        3, Duration.ofMinutes(10), Duration.ofMinutes(10), ZoneId.of("UTC"), Optional.empty()));
        TimeSpan span = new TimeSpan(tomorrow, tomorrow.plus(1, ChronoUnit.HOURS));
        String quinn = callers.id("quinn");
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService crowd = Executors.newFixedThreadPool(200);
        List<Future<Boolean>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                String key = "squad-" + i;
                Callable<Boolean> wish = () -> {
                    start.await();
                    try {
                        slots.book(release, quinn, new WishedSlot("staging", span, "Squad", Optional.of(key)));
                        return true;
                    } catch (SlotTaken taken) {
                        assertThat(taken.overlapping()).hasSize(3);
                        return false;
                    }
                };
                answers.add(crowd.submit(wish));
            }
            start.countDown();
            int booked = 0;
            for (Future<Boolean> answer : answers) {
                booked += answer.get() ? 1 : 0;
            }

            assertThat(booked).isEqualTo(3);
            assertThat(slots.of(release)).hasSize(3);
        } finally {
            crowd.shutdownNow();
        }
    }

    @Test
    @Capability("2.3")
    void refusesWhatIsTakenSaysWhenItIsFreeAndLetsAReleaseManagerSettleIt() {
        Release first = requested("22.3.1");
        Release second = requested("22.3.2");
        assertThat(post("quinn", "/api/v1/bookings", booking(first.key(), tomorrow, 2))
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("quinn", "/api/v1/bookings", booking(first.key(), tomorrow, 2))
                        .statusCode())
                .as("a repetition books nothing")
                .isEqualTo(201);

        HttpResponse<String> taken = post("quinn", "/api/v1/bookings", booking(second.key(), tomorrow, 1));

        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(callers.read(taken).at("/overlapping/0/release").asText()).isEqualTo(first.key());
        assertThat(callers.read(taken).at("/free/0/start").asText())
                .isEqualTo(tomorrow.plus(2, ChronoUnit.HOURS).toString());

        Map<String, Object> settled = booking(second.key(), tomorrow, 1);
        settled.put("settle", true);
        assertThat(post("quinn", "/api/v1/bookings", settled).statusCode()).isEqualTo(202);
        Task task = task(second.key(), "userTask_settleConflict");
        completes("mara", task, Map.of("settlement", "MOVE_OTHERS"));
        hand.turn(second.key());

        assertThat(slots.of(second)).extracting(slot -> slot.span().start()).containsExactly(tomorrow);
        assertThat(slots.of(first))
                .extracting(slot -> slot.span().start())
                .containsExactly(tomorrow.plus(1, ChronoUnit.HOURS));
        assertThat(callers.person("quinn").get("/bookings").body())
                .contains(first.key())
                .contains("Load test ${7*7} &lt;b&gt;");
    }

    @Test
    @Capability("2.3")
    void letsNobodyDeployWhereOthersHaveBookedNow() {
        Release holder = requested("22.3.3");
        Release other = requested("22.3.4");
        Instant now = Instant.now();
        assertThat(post("oscar", "/api/v1/bookings", booking(holder.key(), now, 1))
                        .statusCode())
                .isEqualTo(201);

        assertThat(bookings.book(other, "staging").free()).isFalse();
        assertThat(bookings.book(holder, "staging").free()).isTrue();
        bookings.giveBack(holder, "staging");
    }

    @Test
    @Capability("2.3")
    void countsEveryBookingHoweverManyLieBeforeItAndLetsOnlyThoseConcernedGiveOneBack() {
        Release release = requested("22.3.6");
        Instant late = tomorrow.plus(200, ChronoUnit.DAYS);
        for (int number = 1; number <= 1100; number++) {
            jdbc.sql(
                            "insert into booking_slot (id, booking_key, system_key, environment_key, release_id, release_key, starts_at,"
                                    + " ends_at, blocked_from, blocked_until, purpose, booked_by, booked_at)"
                                    + " values (?, ?, ?, 'staging', ?, ?, ?, ?, ?, ?, 'x', 'x', ?)")
                    .params(
                            StoredIds.bytes(UUID.randomUUID()),
                            system + "/many/" + number,
                            system,
                            StoredIds.bytes(release),
                            release.key(),
                            moment(tomorrow),
                            moment(tomorrow.plus(1, ChronoUnit.HOURS)),
                            moment(tomorrow),
                            moment(tomorrow.plus(1, ChronoUnit.HOURS)),
                            moment(tomorrow))
                    .update();
        }
        assertThat(post("quinn", "/api/v1/bookings", booking(release.key(), late, 2))
                        .statusCode())
                .isEqualTo(201);
        Map<String, Object> second = booking(release.key(), late.plus(1, ChronoUnit.HOURS), 2);
        HttpResponse<String> taken = post("quinn", "/api/v1/bookings", second);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(409);
        assertThat(callers.read(taken).at("/overlapping/0/start").asText()).isEqualTo(late.toString());

        jdbc.sql("delete from booking_slot where booked_by = 'x'").update();
        String id = slots.of(release).get(0).id().toString();
        HttpResponse<String> foreign = callers.program("quirin")
                .json("POST", "/api/v1/bookings/" + id + "/give-back", "{\"reason\":\"I need it.\"}");
        assertThat(foreign.statusCode()).as(foreign.body()).isEqualTo(403);
        assertThat(slots.of(release)).hasSize(1);
        assertThat(callers.program("oscar")
                        .json("POST", "/api/v1/bookings/" + id + "/give-back", "{\"reason\":\"It is repaired then.\"}")
                        .statusCode())
                .isLessThan(300);
        assertThat(slots.of(release)).isEmpty();
    }

    private static java.time.LocalDateTime moment(Instant instant) {
        return java.time.LocalDateTime.ofInstant(instant, java.time.ZoneOffset.UTC);
    }

    @Test
    @Capability("2.3")
    void namesTheFieldOfABookingThatIsWrong() {
        Release release = requested("22.3.5");
        Map<String, Object> backwards = booking(release.key(), tomorrow, -1);
        assertThat(callers.read(post("quinn", "/api/v1/bookings", backwards))
                        .path("field")
                        .asText())
                .isEqualTo("end");
        Map<String, Object> nowhere = booking(release.key(), tomorrow, 1);
        nowhere.put("zone", "Mars/Olympus");
        assertThat(callers.read(post("quinn", "/api/v1/bookings", nowhere))
                        .path("field")
                        .asText())
                .isEqualTo("zone");
        assertThat(post("dev", "/api/v1/bookings", booking(release.key(), tomorrow, 1))
                        .statusCode())
                .isIn(401, 403);
        assertThat(slots.of(release)).isEmpty();
    }

    @Test
    @Capability("2.1")
    void aRuleThatIsEditedWhileAReleaseWaitsHoldsAtOnce() {
        Release release = requested("22.1.0");
        Instant now = Instant.now();
        String around = rule(now.minus(1, ChronoUnit.HOURS), 3);
        Map<String, Object> entered = new HashMap<>(
                Map.of("kind", "DENY", "name", "Close ${7*7} <i>", "system", system, "rule", rule(tomorrow, 3)));
        HttpResponse<String> answer = post("mara", "/api/v1/calendars", entered);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String id = callers.read(answer).path("id").asText();
        TimeSpan soon = new TimeSpan(now, now.plus(1, ChronoUnit.HOURS));
        access.asSystem(() -> {
            windows.openRound(release);
            windows.propose(release, callers.id("mara"), soon.start(), Duration.ofHours(1), "quiet");
            assertThat(windows.check(release)).isEqualTo(Windows.Verdict.FREE);
            windows.plan(release);
            return true;
        });
        Release planned = releases.find(release.key()).orElseThrow();
        ProductionCondition.ProductionTouch touch = new ProductionCondition.ProductionTouch("production", "p", "d");
        assertThat(condition("window").obstacles(planned, touch)).isEmpty();
        assertThat(part("window").content(planned).summary()).contains("UTC");
        assertThat(callers.person("quinn").get("/calendar").body())
                .contains(release.key())
                .contains("Close ${7*7} &lt;i&gt;");
        assertThat(callers.program("quinn").get("/api/v1/calendar.ics").body())
                .contains("BEGIN:VCALENDAR", "SUMMARY:Denied: Close", release.key());

        entered.put("rule", around);
        assertThat(callers.program("quinn")
                        .json("PUT", "/api/v1/calendars/" + id, callers.write(entered))
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> edited =
                callers.program("mara").json("PUT", "/api/v1/calendars/" + id, callers.write(entered));
        assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);

        assertThat(condition("window").obstacles(planned, touch))
                .singleElement()
                .asString()
                .contains("Close ${7*7} <i>");
        assertThatThrownBy(() -> part("window").content(planned)).hasMessageContaining("Close");
        String lift = "/api/v1/calendars/" + callers.read(edited).path("id").asText() + "/lift";
        assertThat(post("mara", lift, Map.of("reason", "It is over.")).statusCode())
                .isEqualTo(204);
        assertThat(condition("window").obstacles(planned, touch)).isEmpty();
    }

    @Test
    @Capability("2.1")
    void plansWithinAllowedTimesOnlyAndSaysWhichComesNext() {
        Release release = requested("22.1.1");
        Map<String, Object> allowed =
                Map.of("kind", "ALLOW", "name", "Maintenance", "system", system, "rule", rule(tomorrow, 3));
        assertThat(post("mara", "/api/v1/calendars", allowed).statusCode()).isEqualTo(201);
        access.asSystem(() -> {
            windows.openRound(release);
            windows.propose(release, callers.id("mara"), tomorrow.minus(2, ChronoUnit.HOURS), Duration.ofHours(1), "x");
            assertThat(windows.check(release)).isEqualTo(Windows.Verdict.BUSY);
            assertThat(windows.latest(release).orElseThrow().finding().orElseThrow())
                    .contains("no allowed time that covers it")
                    .contains(TimeSpan.readable(tomorrow));
            windows.propose(release, callers.id("mara"), tomorrow, Duration.ofHours(3), "x");
            assertThat(windows.check(release)).isEqualTo(Windows.Verdict.FREE);
            return true;
        });
        assertThat(windows.nextFree(release, Instant.now(), Duration.ofHours(2)).map(TimeSpan::start))
                .contains(tomorrow);
    }

    @Test
    @Capability("2.1")
    void namesTheFieldOfACalendarThatIsWrong() {
        requested("22.1.2");
        Map<String, Object> entry = new HashMap<>(Map.of("kind", "DENY", "name", "Odd", "system", system));
        entry.put("rule", "DTSTART;TZID=Mars/Olympus:20260101T000000\nDURATION:PT1H");
        HttpResponse<String> answer = post("mara", "/api/v1/calendars", entry);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(callers.read(answer).path("field").asText()).isEqualTo("rule");
        assertThat(answer.body()).contains("Mars/Olympus");
        entry.put("kind", "${7*7}");
        assertThat(callers.read(post("mara", "/api/v1/calendars", entry))
                        .path("field")
                        .asText())
                .isEqualTo("kind");
    }

    private static String rule(Instant start, int hours) {
        return "DTSTART;TZID=UTC:"
                + java.time.format.DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss")
                        .withZone(ZoneId.of("UTC"))
                        .format(start)
                + "\nDURATION:PT" + hours + "H";
    }

    private ProductionCondition condition(String name) {
        return conditions.stream()
                .filter(condition -> condition.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private ApprovalPart part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Capability("2.6")
    void keepsIncidentsUntilTheyAreOver() {
        requested("22.6.0");
        String key = "INC-" + system;
        Map<String, String> incident =
                Map.of("key", key, "system", system, "priority", "P4", "title", "Prices blink <i>");
        assertThat(post("mara", "/api/v1/incidents", incident).statusCode()).isEqualTo(403);
        assertThat(post("sam", "/api/v1/incidents", incident).statusCode()).isEqualTo(201);
        assertThat(read("mara", "/api/v1/incidents").path("content").findValuesAsText("key"))
                .contains(key);
        assertThat(callers.person("mara").get("/incidents").body()).contains("Prices blink &lt;i&gt;");

        Map<String, String> foreign = Map.of(
                "key",
                key + "-x",
                "system",
                system,
                "priority",
                "P4",
                "title",
                "Prices blink",
                "causedByRelease",
                "nope-1");
        HttpResponse<String> unknown = post("sam", "/api/v1/incidents", foreign);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(callers.read(unknown).path("field").asText()).isEqualTo("causedByRelease");
        assertThat(post("ines", "/api/v1/incidents/" + key + "/resolve", Map.of("causedByRelease", "nope-1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("ines", "/api/v1/incidents/" + key + "/resolve", Map.of())
                        .statusCode())
                .isEqualTo(200);
        assertThat(read("mara", "/api/v1/incidents").at("/content/0/resolvedAt").asText())
                .isNotEmpty();
    }

    @Test
    @Capability("2.6")
    void manySeriousIncidentsProposeALockdownThatHoldsReleasesUntilItIsLiftedAndTellsWhatPassed() {
        Release release = requested("22.6.1");
        Instant now = Instant.now();
        access.asSystem(() -> {
            windows.openRound(release);
            windows.propose(release, callers.id("mara"), now.minus(1, ChronoUnit.HOURS), Duration.ofHours(2), "now");
            windows.check(release);
            windows.plan(release);
            return true;
        });
        ProductionCondition.ProductionTouch touch = new ProductionCondition.ProductionTouch("production", "p", "d");
        String incident = "INC-grave-" + system;
        for (String suffix : List.of("", "-2", "-3")) {
            Map<String, String> serious = Map.of(
                    "key", incident + suffix, "system", system, "priority", "P2", "title", "Hardly anybody can buy");
            assertThat(post("sam", "/api/v1/incidents", serious).statusCode()).isEqualTo(201);
        }
        String key = lockdownOf();
        assertThat(condition("lockdown").obstacles(release, touch)).isEmpty();

        Task decision = task(key, "userTask_approveLockdown");
        assertThat(access.asSystem(() -> tasks.getVariable(decision.getId(), "brief"))
                        .toString())
                .contains(release.key())
                .contains(incident);
        completes("chiara", decision, Map.of("lockdownDecision", "APPROVE", "lockdownReason", "Nobody can buy."));
        hand.turn(key);

        assertThat(condition("lockdown").obstacles(release, touch))
                .singleElement()
                .asString()
                .contains(key)
                .contains("incident manager lifts it");
        assertThatThrownBy(() -> access.asSystem(() -> {
                    readiness.decide(planned(release), callers.id("derek"), Readiness.Decision.GO, "");
                    return true;
                }))
                .hasMessageContaining("There is no go while a lockdown of")
                .hasMessageContaining(key);
        assertThat(callers.person("mara").get("/releases/" + release.key()).body())
                .contains("A lockdown of");
        // An edited calendar is what passes here in place of time.
        assertThat(post(
                                "mara",
                                "/api/v1/calendars",
                                Map.of(
                                        "kind",
                                        "DENY",
                                        "name",
                                        "Entered meanwhile",
                                        "system",
                                        system,
                                        "rule",
                                        rule(now.minus(2, ChronoUnit.HOURS), 6)))
                        .statusCode())
                .isEqualTo(201);
        for (String suffix : List.of("", "-2", "-3")) {
            assertThat(post(
                                    "ines",
                                    "/api/v1/incidents/" + incident + suffix + "/resolve",
                                    Map.of("causedByRelease", release.key()))
                            .statusCode())
                    .isEqualTo(200);
        }
        completes("ines", task(key, "userTask_liftLockdown"), Map.of("liftReason", "People buy again."));
        hand.turn(key);

        assertThat(condition("lockdown").obstacles(release, touch)).isEmpty();
        assertThat(callers.person("mara").get("/releases/" + release.key()).body())
                .contains("Entered meanwhile")
                .contains("The next free time is");
        assertThatThrownBy(() -> access.asSystem(() -> {
                    readiness.decide(planned(release), callers.id("derek"), Readiness.Decision.GO, "");
                    return true;
                }))
                .as("lifted, a go is refused for another reason alone")
                .hasMessageContaining("There is no go while")
                .hasMessageNotContaining("lockdown");
    }

    @Test
    @Capability("2.6")
    void whoeverProposesALockdownDoesNotDecideOnIt() {
        requested("22.6.2");
        assertThat(post("mara", "/api/v1/lockdowns", Map.of("system", system, "reason", "I feel so."))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("ines", "/api/v1/lockdowns", Map.of("system", system, "reason", " "))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> proposed =
                post("ines", "/api/v1/lockdowns", Map.of("system", system, "reason", "Something is odd ${7*7}."));
        assertThat(proposed.statusCode()).isEqualTo(201);
        String key = callers.read(proposed).path("key").asText();
        Task decision = task(key, "userTask_approveLockdown");
        assertThatThrownBy(() -> completes(
                        "ines", decision, Map.of("lockdownDecision", "APPROVE", "lockdownReason", "I feel so.")))
                .hasMessageContaining("does not decide on it");
        access.asSystem(() -> {
            tasks.setAssignee(decision.getId(), null);
            return true;
        });
        completes("carl", decision, Map.of("lockdownDecision", "REJECT", "lockdownReason", "It is not."));
        hand.turn(key);
        assertThat(callers.person("carl").get("/incidents").body())
                .contains("Something is odd ${7*7}.")
                .contains("Rejected");
    }

    private Release planned(Release release) {
        return releases.find(release.key()).orElseThrow();
    }

    private static ProductionCondition.ProductionTouch touching(String environment) {
        return new ProductionCondition.ProductionTouch(environment, "package", "plan");
    }

    private String lockdownOf() {
        for (JsonNode lockdown : read("mara", "/api/v1/lockdowns").path("content")) {
            if (system.equals(lockdown.path("system").asText())) {
                return lockdown.path("key").asText();
            }
        }
        throw new AssertionError("No lockdown of " + system);
    }

    @Test
    @Capability("2.2")
    void asksNamedPeopleForAWindowAndABackupWhenSomebodyDeclines() {
        Instant start = tomorrow.plus(40, ChronoUnit.DAYS);
        for (String login : List.of("quinn", "oscar", "sefa", "sam")) {
            String function =
                    switch (login) {
                        case "quinn" -> "qa";
                        case "oscar" -> "operations";
                        case "sefa" -> "security";
                        default -> "service-desk";
                    };
            Map<String, Object> duty = Map.of(
                    "login",
                    login,
                    "function",
                    function,
                    "from",
                    start.toString(),
                    "until",
                    start.plus(3, ChronoUnit.HOURS).toString());
            assertThat(post(
                                    "mara",
                                    "/api/v1/roster/members",
                                    Map.of("login", login, "functions", List.of(function), "zone", "Europe/Zurich"))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(post("mara", "/api/v1/roster/duties", duty).statusCode()).isEqualTo(204);
        }
        HttpResponse<String> without = post(
                "mara",
                "/api/v1/roster/members",
                Map.of("login", "dora", "functions", List.of("qa"), "zone", "Europe/Zurich"));
        assertThat(without.statusCode()).as(without.body()).isEqualTo(400);
        assertThat(callers.read(without).path("field").asText()).isEqualTo("functions");
        assertThat(post("quinn", "/api/v1/roster/members", Map.of("login", "quinn"))
                        .statusCode())
                .isEqualTo(403);
        Release release = requested("22.2.0");
        try {
            access.asSystem(() -> {
                windows.openRound(release);
                windows.propose(release, callers.id("mara"), start, Duration.ofHours(1), "quiet");
                windows.check(release);
                windows.plan(release);
                return true;
            });
            hand.turn(release.key());
            Task task = access.asSystem(() -> tasks.createTaskQuery()
                    .processInstanceBusinessKey(release.key())
                    .taskDefinitionKey("userTask_confirmPresence")
                    .taskCandidateGroup("qa")
                    .singleResult());
            completes("quinn", task, Map.of("presenceAnswer", "PRESENT"));
            Task security = access.asSystem(() -> tasks.createTaskQuery()
                    .processInstanceBusinessKey(release.key())
                    .taskDefinitionKey("userTask_confirmPresence")
                    .taskCandidateGroup("security")
                    .singleResult());
            completes("sefa", security, Map.of("presenceAnswer", "ABSENT"));
            hand.turn(release.key());

            String page =
                    callers.person("mara").get("/releases/" + release.key()).body();
            assertThat(page)
                    .contains("Staffing of this window")
                    .contains("Nobody on the roster is there then for: ")
                    .contains("Not there");
            assertThat(access.asSystem(() -> tasks.createTaskQuery()
                            .processInstanceBusinessKey(release.key())
                            .taskDefinitionKey("userTask_confirmPresence")
                            .taskCandidateGroup("security")
                            .count()))
                    .isZero();
            assertThat(callers.person("mara").get("/roster").body()).contains("Europe/Zurich");
        } finally {
            // Other stories share the roster, and nobody is asked while it is empty.
            jdbc.sql("delete from roster_member").update();
        }
    }

    @Test
    @Capability("2.5")
    void derivesMilestonesFromTheProcessAndSaysWhatHeldThemUp() {
        Release release = requested("22.5.0");
        hand.turn(release.key());
        planWindow(release, tomorrow);
        JsonNode first = read("mara", "/api/v1/releases/" + release.key() + "/milestones");
        assertThat(first.findValuesAsText("name"))
                .containsExactly("PLANNED", "BUILT", "APPROVED", "DEPLOYED", "LIVE", "CLOSED");
        Instant deployed = Instant.parse(first.at("/3/baseline").asText());
        assertThat(deployed).isEqualTo(tomorrow.plus(1, ChronoUnit.HOURS));

        planWindow(release, tomorrow.plus(2, ChronoUnit.DAYS));

        JsonNode moved = read("mara", "/api/v1/releases/" + release.key() + "/milestones");
        assertThat(Instant.parse(moved.at("/3/baseline").asText())).isEqualTo(deployed);
        assertThat(Instant.parse(moved.at("/3/forecast").asText())).isEqualTo(deployed.plus(2, ChronoUnit.DAYS));
        assertThat(moved.at("/3/cause").asText()).startsWith("The task '").contains("took");
        assertThat(callers.program("mara").get("/api/v1/milestones.csv").body())
                .contains("\"" + release.key() + "\",\"DEPLOYED\"")
                .contains(deployed.toString(), deployed.plus(2, ChronoUnit.DAYS).toString());
        assertThat(callers.program("mara").get("/api/v1/milestones.ics").body())
                .contains(release.key() + ": Deployed (expected)");
        String event = Arrays.stream(callers.program("mara")
                        .get("/api/v1/milestones.ics")
                        .body()
                        .replace("\r\n ", "")
                        .split("BEGIN:VEVENT", -1))
                .filter(text -> text.contains("SUMMARY:" + release.key() + ": Deployed"))
                .findFirst()
                .orElseThrow();
        assertThat(event)
                .contains("DTSTART:"
                        + DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
                                .format(deployed.plus(2, ChronoUnit.DAYS).atOffset(ZoneOffset.UTC)))
                .contains("UID:")
                .contains("DTSTAMP:");
        assertThat(jdbc.sql("select count(*) from planning_entry where release_key = ? and milestone = 'DEPLOYED'"
                                + " and forecast > baseline")
                        .param(release.key())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(callers.person("mara").get("/releases/" + release.key()).body())
                .contains("Held up by")
                .contains("The task &#39;");
    }

    private void planWindow(Release release, Instant start) {
        access.asSystem(() -> {
            windows.openRound(release);
            windows.propose(release, callers.id("mara"), start, Duration.ofHours(1), "quiet");
            windows.check(release);
            windows.plan(release);
            return true;
        });
    }

    @Test
    @Capability("2.4")
    void goesFromRegionToRegionEachInItsLocalWindowWithAHandOverThatSomebodyElseAcknowledges() {
        Release release = requested("22.4.0");
        sites.describe(
                system,
                "production",
                new EnvironmentSites.Site(
                        1, Duration.ZERO, Duration.ZERO, ZoneId.of("Europe/Zurich"), Optional.empty()));
        Map<String, Object> regions = Map.of(
                "regions",
                List.of(
                        Map.of("name", "Europe", "zone", "Europe/Zurich"),
                        Map.of("name", "Japan", "zone", "Asia/Tokyo")));
        assertThat(callers.program("quinn")
                        .json("PUT", "/api/v1/regions/" + system, callers.write(regions))
                        .statusCode())
                .isEqualTo(403);
        assertThat(callers.program("mara")
                        .json("PUT", "/api/v1/regions/" + system, callers.write(regions))
                        .statusCode())
                .isEqualTo(204);
        Instant start = Instant.now().minus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        planWindow(release, start);

        List<Wave> planned = waves.of(release);
        assertThat(planned).extracting(Wave::region).containsExactly("Europe", "Japan");
        assertThat(planned.get(0).span().start()).isEqualTo(start);
        assertThat(planned.get(1).span().start())
                .isAfterOrEqualTo(planned.get(0).span().end());
        assertThat(planned.get(1).span().start().atZone(ZoneId.of("Asia/Tokyo")).toLocalTime())
                .isEqualTo(start.atZone(ZoneId.of("Europe/Zurich")).toLocalTime());

        landscape.addEnvironment(system, "tokyo", "Tokyo", Environment.Tier.PRODUCTION, 3, 1);
        sites.describe(
                system,
                "tokyo",
                new EnvironmentSites.Site(
                        1, Duration.ZERO, Duration.ZERO, ZoneId.of("Asia/Tokyo"), Optional.of("Japan")));
        ProductionCondition.ProductionTouch europe = touching("production");
        ProductionCondition.ProductionTouch japan = touching("tokyo");
        assertThat(condition("waves").obstacles(release, europe))
                .singleElement()
                .asString()
                .startsWith("Europe has not taken");
        assertThat(condition("waves").obstacles(release, japan)).hasSize(2);
        assertThatThrownBy(() -> access.asSystem(() -> {
                    readiness.decide(release, callers.id("derek"), Readiness.Decision.GO, "");
                    return true;
                }))
                .hasMessageContaining("There is no go yet: Europe has not taken");

        completes(
                "oscar", task(release.key(), "userTask_handOverWave"), Map.of("handOverNote", "All is quiet ${7*7}."));
        Task taken = task(release.key(), "userTask_acknowledgeHandOver");
        assertThatThrownBy(() -> completes("oscar", taken, Map.of("acknowledgement", "I take over from myself.")))
                .hasMessageContaining("does not acknowledge it");
        access.asSystem(() -> {
            tasks.setAssignee(taken.getId(), null);
            return true;
        });
        completes("derek", taken, Map.of("acknowledgement", "Understood."));
        hand.turn(release.key());

        assertThat(condition("waves").obstacles(release, europe)).isEmpty();
        assertThat(condition("waves").obstacles(release, japan))
                .singleElement()
                .asString()
                .startsWith("Japan has not taken");
        assertThat(condition("window").obstacles(planned(release), europe)).isEmpty();
        assertThat(condition("window").obstacles(planned(release), japan))
                .as("Tokyo has a window of its own")
                .singleElement()
                .asString()
                .contains("opens at");
        assertThat(hand.isAt(release.key(), "event_waveOpens"))
                .as("Japan waits for its own window")
                .isTrue();
        assertThat(callers.person("mara").get("/releases/" + release.key()).body())
                .contains("Taken over")
                .contains("Asia/Tokyo")
                .contains("At the place of production")
                .contains("Europe/Zurich");
    }
}
