package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.release.ReleaseState;
import io.slipway.release.Urgency;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Scripts lie ready in the repository of the system, are pinned to a commit, and run by digest; production waits for the way back. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class ScriptsScenarioTest {

    private static final String RULE = "/api/v1/scripts/storefront";
    private static final String BRANCH = "scripts";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private JdbcClient jdbc;

    @Value("${slipway.sources.repositories.storefront}")
    private Path repository;

    @AfterEach
    void noScriptsAnyMore() {
        callers.program("oscar").body("DELETE", RULE, "", "");
    }

    @Test
    @Capability("5.2")
    void pinnedBytesRunAndProductionWaitsForTheWayBack() throws IOException {
        commit("exit 0", "echo taking $SLIPWAY_RELEASE back on $SLIPWAY_ENVIRONMENT; cat");
        assertThat(enter("oscar", "ops/../main.sh").body()).contains("\"field\":\"rollback\"");
        assertThat(enter("oscar", "src/rollback.sh").body()).contains("below ops/");
        assertThat(enter("dora", "ops/rollback.sh").statusCode()).isEqualTo(403);
        assertThat(enter("oscar", "ops/rollback.sh").statusCode()).isEqualTo(200);
        ReleaseStory story = ReleaseStory.requestedBy(
                        people.named("mara"), "25.2.0", "2.4.0", Urgency.NORMAL, application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_supplyFiles");
        assertThat(scripts(story).path("obstacles").toString()).contains("not pinned");

        JsonNode pin = callers.read(callers.program("derek").json("POST", address(story) + "/pin", ""));
        assertThat(pin.path("commit").asText()).hasSize(40);
        commit("exit 0", "echo changed since");
        assertThat(scripts(story).path("obstacles").toString()).contains("has not run successfully");
        assertThat(run(story, "ROLLBACK", "production").body()).contains("may not touch production");
        assertThat(run(story, "ROLLBACK", "staging").statusCode()).isEqualTo(202);
        hand.turn(story.key());

        JsonNode rolledBack = scripts(story).path("runs").path(0);
        assertThat(rolledBack.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(rolledBack.path("digest").asText())
                .isEqualTo(pin.path("rollbackDigest").asText());
        assertThat(scripts(story).path("obstacles")).isEmpty();
        JsonNode output = callers.read(callers.program("oscar").get("/api/v1/releases/" + story.key() + "/live"))
                .path("output");
        assertThat(output.findValuesAsText("text"))
                .contains("taking storefront-25.2.0 back on staging")
                .anyMatch(line -> line.contains("\"SLIPWAY_VERSION\":\"25.2.0\""));

        assertThat(run(story, "DEPLOY", "staging").statusCode()).isEqualTo(202);
        hand.turn(story.key());
        JsonNode silent = scripts(story).path("runs").path(0);
        assertThat(silent.path("state").asText()).isEqualTo("FAILED");
        assertThat(silent.path("reason").asText()).contains("silent script counts as failed");

        assertThat(callers.person("oscar")
                        .get("/releases/" + story.key() + "/preparation")
                        .body())
                .contains(
                        pin.path("commit").asText(),
                        pin.path("rollbackDigest").asText(),
                        "Succeeded",
                        "silent script counts as failed",
                        "Who read them",
                        "Derek",
                        "Run it");
        assertThat(callers.person("sam")
                        .get("/releases/" + story.key() + "/preparation")
                        .body())
                .doesNotContain("Run it", "Pin them anew");

        for (String action : List.of("script.read", "script.pin", "script.ask", "script.run")) {
            assertThat(jdbc.sql("select count(*) from audit_entry where action = ?")
                            .param(action)
                            .query(Long.class)
                            .single())
                    .as(action)
                    .isPositive();
        }
        callers.program("mara")
                .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"The test is over.\"}");
        hand.turn(story.key());
        assertThat(story.release().state()).isEqualTo(ReleaseState.CANCELLED);
    }

    private HttpResponse<String> enter(String login, String rollback) {
        return callers.program(login)
                .json(
                        "PUT",
                        RULE,
                        callers.write(Map.of(
                                "revision",
                                BRANCH,
                                "folder",
                                "ops",
                                "deploy",
                                "ops/deploy.sh",
                                "rollback",
                                rollback,
                                "validDays",
                                30)));
    }

    private HttpResponse<String> run(ReleaseStory story, String kind, String environment) {
        return callers.program("derek")
                .json(
                        "POST",
                        address(story) + "/runs",
                        callers.write(Map.of("kind", kind, "environment", environment)));
    }

    private JsonNode scripts(ReleaseStory story) {
        return callers.read(callers.program("derek").get(address(story)));
    }

    private static String address(ReleaseStory story) {
        return "/api/v1/releases/" + story.key() + "/scripts";
    }

    /** A commit on a branch of its own, so that the history of the sample stays as it is. */
    private void commit(String deploy, String rollback) throws IOException {
        try (Git git = Git.open(repository.toFile());
                ObjectInserter objects = git.getRepository().newObjectInserter()) {
            TreeFormatter ops = new TreeFormatter();
            ops.append("deploy.sh", FileMode.REGULAR_FILE, blob(objects, deploy));
            ops.append("rollback.sh", FileMode.REGULAR_FILE, blob(objects, rollback));
            TreeFormatter root = new TreeFormatter();
            root.append("ops", FileMode.TREE, objects.insert(ops));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(objects.insert(root));
            PersonIdent author = new PersonIdent(
                    "Oscar Nystrom", "oscar@example.org", Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage("Scripts");
            ObjectId id = objects.insert(commit);
            objects.flush();
            RefUpdate branch = git.getRepository().updateRef(Constants.R_HEADS + BRANCH);
            branch.setNewObjectId(id);
            branch.forceUpdate();
        }
    }

    private static ObjectId blob(ObjectInserter objects, String text) throws IOException {
        return objects.insert(Constants.OBJ_BLOB, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
