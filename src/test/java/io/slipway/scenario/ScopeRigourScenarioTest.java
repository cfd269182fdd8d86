package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.autopilot.Actors;
import io.slipway.release.Obligations;
import io.slipway.release.StoredIds;
import io.slipway.scope.DriftBook;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A release is classified with a reason, an open exit criterion keeps it back, and what was committed is compared with its scope. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class ScopeRigourScenarioTest {

    @Autowired
    private ApplicationContext application;

    @Autowired
    private Callers callers;

    @Autowired
    private EngineByHand hand;

    private ReleaseStory story(String version) {
        return ReleaseStory.requestedBy(application.getBean(Actors.class).named("mara"), version, "2.4.0", application)
                .movedBy(hand::turn);
    }

    private static String at(ReleaseStory story, String path) {
        return "/api/v1/releases/" + story.key() + "/scope" + path;
    }

    private void cancel(ReleaseStory story) {
        assertThat(callers.program("mara")
                        .json(
                                "POST",
                                "/api/v1/releases/" + story.key() + "/cancel",
                                callers.write(Map.of("reason", "It was only tried out.")))
                        .statusCode())
                .isLessThan(300);
        hand.turn(story.key());
    }

    @Test
    @Capability("1.1")
    void whatWasCommittedIsComparedWithTheScope() {
        ReleaseStory story = story("21.1.0");
        story.goesOnTo("userTask_confirmScope");

        JsonNode same = callers.read(callers.program("paul").get(at(story, "/drift?since=v2.3.0&until=v2.4.0")));
        assertThat(same.path("known").asBoolean()).as(same.toString()).isTrue();
        assertThat(same.path("missing")).isEmpty();
        assertThat(same.path("unplanned")).isEmpty();
        JsonNode other = callers.read(callers.program("paul").get(at(story, "/drift?since=v2.4.0&until=v2.5.0")));
        assertThat(other.path("unplanned").findValuesAsText("subject"))
                .anySatisfy(subject -> assertThat(subject).startsWith("SHOP-202"));
        assertThat(other.path("missing").toString()).contains("SHOP-102");
        assertThat(callers.read(callers.program("paul").get(at(story, "/drift?since=--all")))
                        .path("known")
                        .asBoolean())
                .isFalse();

        String page = "/releases/" + story.key() + "/scope";
        assertThat(callers.person("paul").get(page).body()).contains("is not compared with the scope yet");
        lookUpDrift(page);
        assertThat(callers.person("paul").get(page).body()).contains("commits from", "Compared");
        assertThat(due(story)).as("commits come without a word").isAfter(Instant.now());
        cancel(story);
        assertThat(due(story)).as("another state").isBefore(Instant.now());
        lookUpDrift(page);
    }

    /** As the timer does, until everything was looked up that was due before this. */
    private void lookUpDrift(String page) {
        DriftBook book = application.getBean(DriftBook.class);
        for (int turn = 0; turn < 30; turn++) {
            book.lookUpDue();
        }
        assertThat(callers.person("paul").get(page).statusCode()).isEqualTo(200);
    }

    @Test
    @Capability("1.1")
    void whatCannotBeLookedUpGoesBehindTheOthers() {
        JdbcClient jdbc = application.getBean(JdbcClient.class);
        byte[] nobodys = StoredIds.bytes(UUID.randomUUID());
        jdbc.sql("insert into scope_drift (release_id, due_at) values (?, ?)")
                .params(nobodys, Timestamp.from(Instant.EPOCH.plusSeconds(1)))
                .update();

        application.getBean(DriftBook.class).lookUpDue();

        assertThat(jdbc.sql("select due_at from scope_drift where release_id = ?")
                        .param(nobodys)
                        .query(Timestamp.class)
                        .single()
                        .toInstant())
                .isAfter(Instant.now());
        jdbc.sql("delete from scope_drift where release_id = ?").param(nobodys).update();
    }

    private Instant due(ReleaseStory story) {
        return application
                .getBean(JdbcClient.class)
                .sql(
                        "select d.due_at from scope_drift d join slipway_release r on r.id = d.release_id where r.release_key = ?")
                .param(story.key())
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    @Test
    @Capability("1.3")
    void aClassComesWithItsReasonAndLessCareTakesTwoPeople() {
        ReleaseStory story = story("21.3.0");
        story.goesOnTo("userTask_proposeWindow");
        Visitor mara = callers.program("mara");
        JsonNode given = callers.read(mara.get(at(story, "/class")));
        assertThat(given.path("rule").asText()).startsWith("rule_");
        assertThat(given.path("nearest").asText()).contains("instead of", "would make it");

        String minor = callers.write(Map.of("releaseClass", "MINOR", "reason", "Only texts."));
        String major = callers.write(Map.of("releaseClass", "MAJOR", "reason", "More people look at it."));
        if (given.path("releaseClass").asText().equals("MINOR")) {
            assertThat(callers.read(mara.json("POST", at(story, "/class"), major))
                            .path("releaseClass")
                            .asText())
                    .isEqualTo("MAJOR");
        } else {
            assertThat(callers.read(mara.json("POST", at(story, "/class"), minor))
                            .path("releaseClass")
                            .asText())
                    .isEqualTo("MAJOR");
            assertThat(mara.json("POST", at(story, "/class/confirmation"), "").statusCode())
                    .isEqualTo(403);
            assertThat(callers.read(callers.program("chiara").json("POST", at(story, "/class/confirmation"), ""))
                            .path("releaseClass")
                            .asText())
                    .isEqualTo("MINOR");
            assertThat(callers.read(mara.json("POST", at(story, "/class"), major))
                            .path("releaseClass")
                            .asText())
                    .isEqualTo("MAJOR");
        }
        assertThat(callers.read(mara.json("POST", at(story, "/class"), minor))
                        .path("releaseClass")
                        .asText())
                .isEqualTo("MAJOR");
        assertThat(mara.json("POST", at(story, "/class"), minor).body()).contains("asked for already");
        assertThat(callers.read(callers.program("chiara").json("POST", at(story, "/class/confirmation"), ""))
                        .path("releaseClass")
                        .asText())
                .isEqualTo("MINOR");
        assertThat(callers.program("chiara")
                        .json("POST", at(story, "/class/confirmation"), "")
                        .body())
                .contains("counts already");
        assertThat(callers.person("mara")
                        .get("/releases/" + story.key() + "/scope")
                        .body())
                .contains("Rule that fired", "Counts since");
        cancel(story);
    }

    @Test
    @Capability("1.3")
    void aClassThatWasRaisedByHandAddsItsApprovalsAndTheReleaseGoesOn() {
        ReleaseStory story = story("21.3.1");
        story.goesOnTo("userTask_proposeWindow");
        Visitor mara = callers.program("mara");
        String given =
                callers.read(mara.get(at(story, "/class"))).path("releaseClass").asText();
        String other = given.equals("MAJOR") ? "MINOR" : "MAJOR";
        mara.json(
                "POST", at(story, "/class"), callers.write(Map.of("releaseClass", other, "reason", "We know better.")));
        if (other.equals("MINOR")) {
            callers.program("chiara").json("POST", at(story, "/class/confirmation"), "");
        }

        story.goesOnTo("userTask_approveChange");

        assertThat(callers.read(mara.get(at(story, "/class")))
                        .path("releaseClass")
                        .asText())
                .isEqualTo(other);
        cancel(story);
    }

    @Test
    @Capability("1.3")
    void aStandardChangeIsApprovedByTwoPeopleAndSuspended() {
        Visitor mara = callers.program("mara");
        String address = "/api/v1/standard-changes/texts-21";
        String template = callers.write(Map.of(
                "name",
                "${7*7} Texts",
                "system",
                "storefront",
                "plan",
                "Change the texts and look at them.",
                "mostItems",
                5,
                "mostEffort",
                10,
                "mostRisk",
                2,
                "expiresAt",
                Instant.now().plusSeconds(86_400).toString()));
        assertThat(mara.json("PUT", address, template).statusCode()).isEqualTo(200);
        assertThat(state(callers.program("chiara").json("POST", address + "/approval", "")))
                .isEqualTo("PROPOSED");
        assertThat(callers.program("chiara")
                        .json("POST", address + "/approval", "")
                        .body())
                .contains("a second person");
        assertThat(state(callers.program("carl").json("POST", address + "/approval", "")))
                .isEqualTo("APPROVED");
        assertThat(callers.person("mara").get("/standard-changes").body()).contains("${7*7} Texts", "Approved");
        assertThat(state(mara.json(
                        "POST",
                        address + "/suspension",
                        callers.write(Map.of("reason", "A release that kept to it failed.")))))
                .isEqualTo("SUSPENDED");
    }

    private String state(HttpResponse<String> answer) {
        return callers.read(answer).path("state").asText();
    }

    @Test
    @Capability("1.4")
    void anOpenExitCriterionKeepsTheReleaseBackUntilItIsMetOrWaivedByTwoPeople() {
        ReleaseStory story = story("21.4.0");
        story.goesOnTo("userTask_attestExitCriteria");
        story.completes(
                "ravi",
                "userTask_attestExitCriteria",
                Map.of(
                        "metCriteria",
                        SpinValues.jsonValue("[\"tests-pass\"]").create(),
                        "handOverNote",
                        "The tests of the commit passed."));
        hand.turn(story.key());
        assertThat(story.waiting()).contains("userTask_attestExitCriteria");

        JsonNode open = callers.read(callers.program("ravi").get(at(story, "/exit-criteria")));
        for (JsonNode criterion : open) {
            if (!criterion.path("met").asBoolean()) {
                String waiver =
                        at(story, "/exit-criteria/" + criterion.path("id").asText() + "/waiver");
                assertThat(callers.program("quinn")
                                .json("POST", waiver + "/grant", "")
                                .body())
                        .contains("Nobody asked for a waiver");
                assertThat(callers.program("ravi")
                                .json(
                                        "POST",
                                        waiver,
                                        callers.write(Map.of(
                                                "reason", "The second developer is ill.",
                                                "inItsPlace", "A developer of another team reads it.",
                                                "until",
                                                        Instant.now()
                                                                .plusSeconds(86_400)
                                                                .toString())))
                                .statusCode())
                        .isEqualTo(200);
                assertThat(callers.program("ravi")
                                .json("POST", waiver + "/grant", "")
                                .statusCode())
                        .isEqualTo(403);
                assertThat(callers.program("quinn")
                                .json("POST", waiver + "/grant", "")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
        story.completes("ravi", "userTask_attestExitCriteria", Map.of());
        story.goesOnTo("userTask_supplyFiles");

        List<Obligations.Obligation> owed =
                application.getBean(Obligations.class).of(story.release());
        assertThat(owed).anySatisfy(obligation -> {
            assertThat(obligation.owed().kind()).isEqualTo(Obligations.Kind.WAIVER);
            assertThat(obligation.owed().blocksClosure()).isTrue();
        });
        assertThat(callers.person("quinn")
                        .get("/releases/" + story.key() + "/scope")
                        .body())
                .contains("A developer of another team reads it.");
        cancel(story);
    }
}
