package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.communication.Acknowledgements;
import io.slipway.communication.CommunicationRound;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.security.NewPerson;
import io.slipway.platform.security.People;
import io.slipway.release.Contributions;
import io.slipway.release.Environment;
import io.slipway.release.Escalations;
import io.slipway.release.Landscape;
import io.slipway.release.Obligations;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Role;
import io.slipway.schedule.Windows;
import io.slipway.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.task.Task;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people are told, asked and promised around a release, as they meet it on pages, in Tasklist and in programs. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class CommunicationScenarioTest {

    private static final Pattern LINK = Pattern.compile("/acknowledge/\\d+\\?until=\\d+&mark=[0-9a-f]+");

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private People accounts;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private CommunicationRound round;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Contributions contributions;

    @Autowired
    private Escalations escalations;

    @Autowired
    private Obligations obligations;

    @Autowired
    private Acknowledgements acknowledgements;

    @Autowired
    private Windows windows;

    @Autowired
    private EngineAccess access;

    @Autowired
    private JdbcClient jdbc;

    private ReleaseStory story(String version) {
        return ReleaseStory.requestedBy(people.named("mara"), version, "2.4.0", application)
                .movedBy(hand::turn);
    }

    private HttpResponse<String> call(String login, String method, String path, Object body) {
        return callers.program(login).json(method, path, callers.write(body));
    }

    private void accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    }

    private void cancelled(ReleaseStory story) {
        accepted(call("mara", "POST", "/api/v1/releases/" + story.key() + "/cancel", Map.of("reason", "It was told.")));
        hand.turn(story.key());
    }

    /** What the person finds about a release in the own outbox, the newest first. */
    private List<JsonNode> mails(String login, ReleaseStory story) {
        round.run();
        JsonNode page = callers.read(
                callers.program(login).get("/api/v1/releases/" + story.key() + "/communications?size=100"));
        return StreamSupport.stream(page.path("content").spliterator(), false)
                .filter(mail -> mail.path("person").asText().equals(callers.id(login)))
                .toList();
    }

    private JsonNode mail(String login, ReleaseStory story, String subject) {
        List<JsonNode> found = mails(login, story).stream()
                .filter(mail -> mail.path("subject").asText().equals(subject))
                .toList();
        assertThat(found).as(subject + " to " + login).hasSize(1);
        assertThat(found.get(0).path("state").asText()).isEqualTo("SENT");
        return found.get(0);
    }

    private String page(String login, JsonNode mail) {
        HttpResponse<String> page =
                callers.person(login).get("/outbox/" + mail.path("id").asLong());
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    @Test
    @Capability("6.1")
    void anAudienceIsToldKnownIssuesWithWorkaroundsAndThenOnlyTheDifference() {
        ReleaseStory story = story("26.10.0");
        String issues = "/api/v1/releases/" + story.key() + "/issues";
        assertThat(call("oscar", "POST", issues, Map.of("title", "x", "effect", "x", "workaround", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(call("quinn", "POST", issues, Map.of("title", "x", "effect", "x"))
                        .body())
                .contains("workaround");
        accepted(call(
                "quinn",
                "POST",
                issues,
                Map.of("title", "Totals ${7*7} are late", "effect", "They take a minute.", "workaround", "Reload.")));
        String updates = "/api/v1/releases/" + story.key() + "/updates";
        assertThat(call("sam", "POST", updates, Map.of()).statusCode()).isEqualTo(403);
        accepted(call("mara", "POST", updates, Map.of("remark", "<b>Please read</b>")));

        String first = page("sam", mails("sam", story).get(0));
        assertThat(first)
                .contains("&lt;b&gt;Please read&lt;/b&gt;", "Totals ${7*7} are late", "Workaround: Reload.", "26.10.0");
        HttpResponse<String> again = call("mara", "POST", updates, Map.of());
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("Nothing has changed");

        accepted(call(
                "quinn",
                "POST",
                issues,
                Map.of("title", "Prices blink", "effect", "They blink.", "workaround", "Look away.")));
        accepted(call("mara", "POST", updates, Map.of()));
        String second = page("sam", mails("sam", story).get(0));
        assertThat(second)
                .contains("Changed since you were last told", "Prices blink")
                .doesNotContain("Totals", "26.10.0</dd>");
        cancelled(story);
        HttpResponse<String> late =
                call("quinn", "POST", issues, Map.of("title", "x", "effect", "x", "workaround", "x"));
        assertThat(late.statusCode()).isEqualTo(400);
        assertThat(late.body()).contains("has ended");
        long known = callers.read(callers.program("sam").get(issues))
                .get(0)
                .path("id")
                .asLong();
        assertThat(call("quinn", "DELETE", issues + "/" + known, Map.of()).body())
                .contains("has ended");
        assertThat(call("mara", "PUT", "/api/v1/releases/" + story.key() + "/summary", Map.of("body", "Other."))
                        .body())
                .contains("has ended");
        assertThat(callers.person("mara").get("/releases/" + story.key()).body())
                .doesNotContain("Enter a known issue");
    }

    @Test
    @Capability("6.2")
    void theSummaryNamesItsRecordsAndKeepsWhatAPersonWrote() throws IOException {
        ReleaseStory story = story("26.11.0");
        story.goesOnTo("userTask_proposeWindow");
        String path = "/releases/" + story.key() + "/summary";
        accepted(call(
                "mara",
                "PUT",
                "/api/v1" + path,
                Map.of(
                        "body",
                        "Shops open at nine in Łódź and Αθήνα. ${7*7} <i>",
                        "decision",
                        "May it go on Monday?")));
        assertThat(call("eva", "PUT", "/api/v1" + path, Map.of("body", "x")).statusCode())
                .isEqualTo(403);
        story.goesOnTo("userTask_attestExitCriteria");

        String page =
                callers.person("eva").withCookie("zone", "Asia/Tokyo").get(path).body();
        assertThat(page)
                .contains(
                        "May it go on Monday?", "Shops open at nine in Łódź and Αθήνα. ${7*7} &lt;i&gt;", "From: Scope")
                .contains("Production may be changed from", "(Asia/Tokyo", "From: Window of " + story.key());
        JsonNode summary = callers.read(callers.program("eva").get("/api/v1" + path));
        assertThat(summary.path("statements")).isNotEmpty().allSatisfy(statement -> assertThat(
                        statement.path("record").asText())
                .isNotBlank());
        List<String> titles = jdbc.sql("select title from scope_item where release_id = (select id from slipway_release"
                        + " where release_key = ?) and decision = 'INCLUDED'")
                .param(story.key())
                .query(String.class)
                .list();
        assertThat(titles).isNotEmpty();
        HttpResponse<byte[]> pdf = callers.person("eva").file(path + ".pdf");
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        try (PDDocument printed = Loader.loadPDF(pdf.body())) {
            String text = new PDFTextStripper().getText(printed).replaceAll("\\s+", " ");
            assertThat(text)
                    .contains("Shops open at nine in Łódź and Αθήνα. ${7*7} <i>")
                    .contains(titles);
        }
        cancelled(story);
    }

    @Test
    @Capability("6.3")
    void aDelayIsDraftedConfirmedSentAndItsNextUpdateIsKept() {
        ReleaseStory story = story("26.12.0");
        story.goesOnTo("userTask_attestExitCriteria");
        round.run();
        assertThat(story.waiting()).doesNotContain("userTask_confirmUpdate");
        jdbc.sql("update slipway_release set window_end = ? where release_key = ?")
                .params(Timestamp.from(Instant.now().plusSeconds(5)), story.key())
                .update();
        round.run();
        round.run();
        Task draft = story.awaited("userTask_confirmUpdate");
        assertThat(mails("sam", story))
                .noneMatch(mail -> mail.path("subject").asText().startsWith("Delay"));
        story.completes(
                "mara",
                "userTask_confirmUpdate",
                Map.of("updateDecision", "SEND", "updateText", "We are sorry.", "nextUpdateAfter", "PT1S"));
        hand.turn(story.key());
        String told = page("sam", mail("sam", story, "Delay of " + story.key() + ", update 1"));
        assertThat(told).contains("Attest exit criteria", "We are sorry.", "Next update");

        Task next = story.awaited("userTask_confirmUpdate");
        assertThat(next.getId()).isNotEqualTo(draft.getId());
        hand.execute(hand.jobAt(story.key(), "event_updateOverdue"));
        hand.turn(story.key());
        mail("chiara", story, "Update overdue: delay of " + story.key());
        story.completes("mara", "userTask_confirmUpdate", Map.of("updateDecision", "DISMISS"));
        JsonNode delays = callers.read(callers.program("sam").get("/api/v1/releases/" + story.key() + "/delays"));
        assertThat(delays).hasSize(1);
        assertThat(delays.get(0).path("state").asText()).isEqualTo("DISMISSED");
        cancelled(story);
    }

    @Test
    @Capability("6.4")
    void materialIsWrittenReviewedByAnotherPersonAndPublishedAndMissingItRefusesProduction() {
        ReleaseStory story = story("26.13.0");
        story.awaited("userTask_supplyItems");
        ProductionTouch touch = new ProductionTouch("production", "p", "d");
        String path = "/api/v1/releases/" + story.key() + "/materials";
        assertThat(call("sam", "POST", path, Map.of()).statusCode()).isEqualTo(403);
        assertThat(call("paul", "POST", path, Map.of("kind", "SONG")).body()).contains("TRAINING");
        accepted(call("paul", "POST", path, Map.of("kind", "TRAINING", "audience", "service", "item", "SHOP-101")));
        assertThat(contributions.obstacles(story.release(), touch))
                .anyMatch(obstacle -> obstacle.contains("training on 'SHOP-101'"));
        assertThat(obligations.of(story.release()))
                .anyMatch(owed -> owed.open() && owed.owed().kind() == Obligations.Kind.MATERIAL);

        String soon = Instant.now().plusSeconds(600).toString();
        Map<String, Object> text =
                Map.of("materialTitle", "The basket", "materialText", "It is ${7*7}.", "publishAt", soon);
        story.completes("paul", "userTask_prepareMaterial", text);
        assertThat(refused(
                        () -> story.completes("paul", "userTask_reviewMaterial", Map.of("materialVerdict", "ACCEPT"))))
                .contains("does not review it");
        access(story);
        story.completes("sam", "userTask_reviewMaterial", Map.of("materialVerdict", "ACCEPT"));
        hand.turn(story.key());
        assertThat(contributions.obstacles(story.release(), touch))
                .noneMatch(obstacle -> obstacle.contains("SHOP-101"));
        assertThat(obligations.of(story.release()))
                .noneMatch(owed -> owed.open() && owed.owed().kind() == Obligations.Kind.MATERIAL);

        jdbc.sql("update slipway_release set window_start = ?, window_end = ? where release_key = ?")
                .params(
                        Timestamp.from(Instant.now().minusSeconds(60)),
                        Timestamp.from(Instant.now().plusSeconds(3600)),
                        story.key())
                .update();
        assertThat(contributions.obstacles(story.release(), touch))
                .as("what is published ten minutes after users see it")
                .anyMatch(obstacle -> obstacle.contains("SHOP-101") && obstacle.contains("published"));
        jdbc.sql("update material set publish_at = ? where item = 'SHOP-101' and state = 'SCHEDULED'")
                .param(Timestamp.from(Instant.now().minusSeconds(1)))
                .update();
        round.run();
        assertThat(page("sam", mail("sam", story, "Training: The basket"))).contains("It is ${7*7}.");
        assertThat(contributions.obstacles(story.release(), touch))
                .noneMatch(obstacle -> obstacle.contains("SHOP-101"));
        cancelled(story);
    }

    @Test
    @Capability("6.4")
    void whatUsersSeeNeedsMaterialAndNothingElseDoes() {
        ReleaseStory story = story("26.46.0");
        story.awaited("userTask_supplyItems");
        accepted(call(
                "paul",
                "POST",
                "/api/v1/releases/" + story.key() + "/scope/items",
                Map.of("items", List.of(item("SEEN", true), item("HIDDEN", false)))));
        story.completes("paul", "userTask_supplyItems", Map.of());
        ProductionTouch touch = new ProductionTouch("production", "p", "d");
        assertThat(contributions.obstacles(story.release(), touch))
                .as("nothing is decided yet")
                .noneMatch(obstacle -> obstacle.contains("Users see"));
        story.completes("paul", "userTask_confirmScope", Map.of("scopeDecision", "CONFIRM", "usersAffected", "MANY"));
        hand.turn(story.key());
        assertThat(callers.person("paul").get("/releases/" + story.key()).body())
                .contains("users see it");
        assertThat(contributions.obstacles(story.release(), touch).stream()
                        .filter(obstacle -> obstacle.contains("Users see"))
                        .toList())
                .singleElement()
                .asString()
                .contains("Users see 'SEEN'");

        accepted(call(
                "paul",
                "POST",
                "/api/v1/releases/" + story.key() + "/materials",
                Map.of("kind", "ANNOUNCEMENT", "audience", "service", "item", "SEEN")));
        story.completes(
                "paul",
                "userTask_prepareMaterial",
                Map.of(
                        "materialTitle",
                        "Seen",
                        "materialText",
                        "It is new.",
                        "publishAt",
                        Instant.now().plusSeconds(600).toString()));
        story.completes("sam", "userTask_reviewMaterial", Map.of("materialVerdict", "ACCEPT"));
        hand.turn(story.key());
        assertThat(contributions.obstacles(story.release(), touch))
                .noneMatch(obstacle -> obstacle.contains("SEEN") || obstacle.contains("HIDDEN"));
        cancelled(story);
    }

    private static Map<String, Object> item(String key, boolean userVisible) {
        Map<String, Object> item = new HashMap<>(
                Map.of("key", key, "title", "Item " + key, "kind", "feature", "value", 50, "effort", 1, "risk", 1));
        item.putAll(Map.of("breaking", false, "dataMigration", false, "userVisible", userVisible));
        return item;
    }

    /** Gives back what somebody took and could not complete. */
    private void access(ReleaseStory story) {
        Task task = story.awaited("userTask_reviewMaterial");
        accepted(callers.program("paul").json("POST", callers.rest("/task/" + task.getId() + "/unclaim"), ""));
    }

    private static String refused(Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("It was not refused");
    }

    @Test
    @Capability("6.5")
    void aDependencyIsConfirmedByBothSidesAndSilenceClimbsTheLadder() {
        landscape.add("payments26", "Payments", false);
        landscape.addEnvironment("payments26", "production", "Production", Environment.Tier.PRODUCTION, 1, 1);
        accounts.register(new NewPerson(
                "petra26",
                "Petra Payments",
                "petra26@payments.example",
                SamplePeople.PASSWORD,
                Set.of(Role.PRODUCT_OWNER.groupFor("payments26"))));
        ReleaseStory story = story("26.14.0");
        story.awaited("userTask_supplyItems");
        String path = "/api/v1/releases/" + story.key() + "/team-dependencies";
        String when = Instant.now().plusSeconds(86_400).toString();
        assertThat(call("paul", "POST", path, Map.of("system", "nowhere", "statement", "x", "neededAt", when))
                        .statusCode())
                .isEqualTo(400);
        long agreed = entered(path, "The interface for refunds", when);
        accepted(confirm("paul", agreed));
        assertThat(confirm("paul", agreed).statusCode())
                .as("one person, one side")
                .isEqualTo(400);
        assertThat(confirm("dora", agreed).statusCode())
                .as("this side has confirmed")
                .isEqualTo(400);
        assertThat(confirm("mara", agreed).body())
                .as("a release manager stands for the release's side only")
                .contains("Your side has confirmed it already");
        assertThat(contributions.obstacles(story.release(), new ProductionTouch("production", "p", "d")))
                .anyMatch(obstacle -> obstacle.contains("The interface for refunds"));
        Visitor petra = callers.person("petra26");
        String asked = asked("petra26", agreed);
        String page = petra.get(asked).body();
        assertThat(page).contains("The interface for refunds", "Confirm it for your side");
        assertThat(petra.get("/team-dependencies").body()).contains("Waits for your side");
        assertThat(petra.form(asked + "/confirm", Map.of("_csrf", petra.token(asked)))
                        .statusCode())
                .isEqualTo(302);
        assertThat(petra.get(asked).body())
                .contains("Confirmed by Petra Payments")
                .doesNotContain("Confirm it for");
        assertThat(callers.person("petra").get(asked).statusCode()).isEqualTo(200);
        assertThat(callers.person("sam").get(asked).statusCode()).isEqualTo(403);

        long silent = entered(path, "The new ledger", when);
        jdbc.sql("update team_dependency set confirm_until = ? where id in (?, ?)")
                .params(Timestamp.from(Instant.now().minusSeconds(60)), agreed, silent)
                .update();
        round.run();
        round.run();
        hand.turn(story.key());
        mails("mara", story);
        JsonNode questions =
                callers.read(callers.program("mara").get("/api/v1/releases/" + story.key() + "/questions"));
        assertThat(questions).as("only what was not confirmed").hasSize(1);
        hand.execute(hand.jobAt(story.key(), "event_rungSilent"));
        hand.turn(story.key());
        assertThat(refused(() -> story.completes(
                        "mara",
                        "userTask_decideQuestion",
                        Map.of("questionDecision", "Wait.", "questionReason", "It is safer."))))
                .contains("has gone up to Change authority");
        Task task = story.awaited("userTask_decideQuestion");
        accepted(callers.program("mara").json("POST", callers.rest("/task/" + task.getId() + "/unclaim"), ""));
        story.completes(
                "chiara",
                "userTask_decideQuestion",
                Map.of("questionDecision", "The ledger comes first.", "questionReason", "Two others wait."));
        hand.turn(story.key());

        assertThat(escalations.decided(story.release(), "dependency/" + silent)).hasValueSatisfying(decision -> {
            assertThat(decision.decision()).isEqualTo("The ledger comes first.");
            assertThat(decision.person()).isEqualTo(callers.id("chiara"));
        });
        assertThat(contributions.obstacles(story.release(), new ProductionTouch("production", "p", "d")))
                .as("the forum has decided what the sides have not")
                .noneMatch(obstacle -> obstacle.contains("The new ledger"));
        assertThat(page("paul", mail("paul", story, "Decided: Can " + story.key() + " count on payments26?")))
                .contains("The ledger comes first.");
        cancelled(story);
    }

    @Test
    @Capability("6.5")
    void aQuestionEndsWithWhatItAsksAboutAndTheHighestRungIsAskedOnce() {
        ReleaseStory story = story("26.17.0");
        story.awaited("userTask_supplyItems");
        obligations.open(Obligations.NewObligation.of(
                story.release(),
                "promise",
                Obligations.Kind.MATERIAL,
                "Something is shown.",
                Role.PRODUCT_OWNER,
                Instant.now().plusSeconds(86_400),
                false));
        String owed = story.key() + "/promise";
        String asked = "obligation/" + owed;
        escalations.raise(story.release(), asked, "What shall become of it?", List.of("It is late."));
        hand.turn(story.key());
        for (int rung = 1; rung < 3; rung++) {
            hand.execute(hand.jobAt(story.key(), "event_rungSilent"));
            hand.turn(story.key());
        }
        Task task = story.awaited("userTask_decideQuestion");
        escalations.raise(story.release(), asked, "What shall become of it?", List.of("It is later."));
        hand.turn(story.key());
        assertThat(story.awaited("userTask_decideQuestion").getId())
                .as("nobody is above")
                .isEqualTo(task.getId());
        assertThat(reminders("cora", story)).isEqualTo(1);
        jdbc.sql("update ladder_question set rung_ends_at = ? where question_key = ?")
                .params(Timestamp.from(Instant.now().minusSeconds(1)), story.key() + "/" + asked)
                .update();
        assertThat(reminders("cora", story)).isEqualTo(2);
        assertThat(reminders("cora", story)).as("sparingly").isEqualTo(2);
        assertThat(story.awaited("userTask_decideQuestion").getId()).isEqualTo(task.getId());

        obligations.fulfil(owed, callers.id("quinn"), "It was shown.");
        hand.turn(story.key());
        assertThat(story.waiting()).doesNotContain("userTask_decideQuestion");
        String questions = "/api/v1/releases/" + story.key() + "/questions";
        JsonNode settled = callers.read(callers.program("mara").get(questions)).get(0);
        assertThat(settled.path("withdrawn").asText()).isEqualTo("The obligation is fulfilled.");
        assertThat(settled.path("brief").toString()).contains("It is late.", "It is later.");

        accepted(call("mara", "POST", questions, Map.of("key", "who", "question", "Who gives way?")));
        HttpResponse<String> other =
                call("mara", "POST", questions, Map.of("key", "who", "question", "Who goes first?"));
        assertThat(other.statusCode()).as("no text is dropped").isEqualTo(400);
        assertThat(other.body()).contains("Who gives way?");
        cancelled(story);
        assertThat(callers.read(callers.program("mara").get(questions))
                        .get(0)
                        .path("withdrawn")
                        .asText())
                .isEqualTo("The release has ended.");
    }

    private long reminders(String login, ReleaseStory story) {
        return mails(login, story).stream()
                .filter(mail -> mail.path("subject").asText().equals("Please decide: What shall become of it?"))
                .count();
    }

    /** Where the mail about a dependency leads a person who may not see the release that needs it. */
    private String asked(String login, long id) {
        round.run();
        JsonNode mails = callers.read(callers.program(login).get("/api/v1/outbox"));
        String mail = "/outbox/" + mails.path("content").path(0).path("id").asLong();
        String link = Jsoup.parse(callers.person(login).get(mail).body())
                .select(".typed a")
                .attr("href");
        assertThat(link).isEqualTo("/team-dependencies/" + id);
        return link;
    }

    private long entered(String path, String statement, String when) {
        HttpResponse<String> answer =
                call("paul", "POST", path, Map.of("system", "payments26", "statement", statement, "neededAt", when));
        accepted(answer);
        return callers.read(answer).path("id").asLong();
    }

    private HttpResponse<String> confirm(String login, long id) {
        return call(login, "POST", "/api/v1/team-dependencies/" + id + "/confirm", Map.of());
    }

    @Test
    @Capability("6.6")
    void aReceiptIsGivenByItsLinkOnceByItsPersonAndShowsInTheArchive() {
        ReleaseStory story = story("26.15.0");
        story.goesOnTo("userTask_attestExitCriteria");
        JsonNode planned = mail("sam", story, story.key() + " is planned");
        assertThat(planned.path("acknowledgeable").asBoolean()).isTrue();
        assertThat(planned.path("digest").asText()).hasSize(64);
        assertThat(planned.path("address").asText()).isEqualTo("sam@storefront.example");
        Visitor sam = callers.person("sam");
        String address = "/outbox/" + planned.path("id").asLong();
        String path = Jsoup.parse(sam.get(address).body())
                .select("a[href^=/acknowledge/]")
                .attr("href");
        assertThat(path).matches(LINK);
        HttpResponse<String> html = sam.get(address + "/html");
        assertThat(html.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("sandbox", "default-src 'none'")
                .doesNotContain("allow-scripts"));
        assertThat(Jsoup.parse(html.body()).select("a").eachAttr("href")).anyMatch(link -> link.endsWith(path));
        Visitor mara = callers.person("mara");
        assertThat(mara.withCookie("zone", "Asia/Tokyo").get(address).body())
                .as("the archive tells what was said, in the zone of its reader, and not the link of another person")
                .contains("Window", "Asia/Tokyo")
                .doesNotContain("/acknowledge/")
                .doesNotContainPattern("\\dT\\d\\d:\\d\\d:\\d\\dZ/");
        assertThat(mara.get(address + "/html").statusCode()).isEqualTo(404);
        assertThat(callers.person("oscar").get(address).statusCode()).isEqualTo(404);
        assertThat(callers.person("oscar").get(address + "/html").statusCode()).isEqualTo(404);

        assertThat(sam.get(path).body()).contains("I have read it");
        assertThat(mail("sam", story, story.key() + " is planned").has("acknowledgedAt"))
                .as("looking changes nothing")
                .isFalse();
        assertThat(callers.person("oscar").get(path).statusCode()).isEqualTo(404);
        assertThat(sam.get(path.replace("until=", "until=9")).statusCode()).isEqualTo(404);
        String[] parts = path.split("[?&=]", -1);
        HttpResponse<String> given =
                sam.form(parts[0], Map.of("until", parts[2], "mark", parts[4], "_csrf", sam.token(path)));
        assertThat(given.statusCode()).isEqualTo(302);
        assertThat(mail("sam", story, story.key() + " is planned").has("acknowledgedAt"))
                .isTrue();

        accepted(call(
                "quinn",
                "POST",
                "/api/v1/releases/" + story.key() + "/issues",
                Map.of("title", "x", "effect", "x", "workaround", "x")));
        String csv =
                callers.program("aldo").get("/api/v1/communications/export.csv").body();
        assertThat(csv.lines()
                        .filter(line -> line.contains(planned.path("messageId").asText())))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "sam@storefront.example", planned.path("digest").asText(), ",SENT,"));
        assertThat(callers.person("aldo").get("/communications").body()).contains("is planned");
        assertThat(callers.program("sam")
                        .get("/api/v1/communications/export.csv")
                        .statusCode())
                .isEqualTo(403);
        assertThat(csv.getBytes(StandardCharsets.UTF_8).length).isPositive();

        Set<String> desk = Set.of(callers.id("sam"));
        assertThat(acknowledgements.isAcknowledged(story.release(), desk)).isTrue();
        Instant later = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        access.asSystem(() -> {
            windows.openRound(story.release());
            windows.propose(story.release(), callers.id("mara"), later, Duration.ofHours(1), "quiet");
            windows.check(story.release());
            windows.plan(story.release());
            return true;
        });
        JsonNode changed = mail("sam", story, story.key() + " has another window");
        assertThat(acknowledgements.isAcknowledged(story.release(), desk))
                .as("a receipt is for what was read, and that has changed")
                .isFalse();
        assertThat(sam.form(parts[0], Map.of("until", parts[2], "mark", parts[4], "_csrf", sam.token("/outbox")))
                        .statusCode())
                .isEqualTo(302);
        assertThat(acknowledgements.isAcknowledged(story.release(), desk))
                .as("the old link confirms the old mail alone")
                .isFalse();
        Matcher renewed = LINK.matcher(jdbc.sql("select plain from outbox_mail where message_id = ?")
                .param(changed.path("messageId").asText())
                .query(String.class)
                .single());
        assertThat(renewed.find()).isTrue();
        String[] again = renewed.group().split("[?&=]", -1);
        sam.form(again[0], Map.of("until", again[2], "mark", again[4], "_csrf", sam.token(renewed.group())));
        assertThat(acknowledgements.isAcknowledged(story.release(), desk)).isTrue();
        cancelled(story);
    }

    @Test
    @Capability("10.1")
    void aTaskMailsItsCandidatesRemindsThemAndTellsTheDeputy() {
        ReleaseStory story = story("26.16.0");
        Task task = story.awaited("userTask_supplyItems");
        String told = page("paul", mail("paul", story, "Supply items: " + story.key()));
        assertThat(told).contains("#/?task=" + task.getId(), "Until", story.key());
        due(task, "remind_at");
        mail("paul", story, "Reminder: Supply items: " + story.key());
        due(task, "due_at");
        mail("chiara", story, "Overdue: Supply items: " + story.key());
        assertThat(mails("oscar", story))
                .noneMatch(mail -> mail.path("subject").asText().contains("Supply items"));
        cancelled(story);
    }

    private void due(Task task, String moment) {
        jdbc.sql("update task_watch set " + moment + " = ? where task_id = ?")
                .params(Timestamp.from(Instant.now().minusSeconds(60)), task.getId())
                .update();
        round.run();
        round.run();
    }
}
