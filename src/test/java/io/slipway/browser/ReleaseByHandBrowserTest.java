package io.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.agent.AgentProcess;
import io.slipway.demo.BuiltSample;
import io.slipway.demo.DemoStage;
import io.slipway.demo.SampleLandscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.testing.DemoApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A release carried by hand in the browser, role after role. */
@DemoApplication
@SuppressWarnings("NullAway.Init")
@Capability({"8.1", "10.4"})
class ReleaseByHandBrowserTest {

    private static final String RELEASE = "storefront-2.4.0";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort
    private int port;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private Releases releases;

    @Autowired
    private DemoStage stage;

    @Autowired
    private LiveSystems live;

    @Value("${slipway.targets.agent.data-dir}")
    private Path agentDirectory;

    @AfterAll
    void stopsWhatItStarted() throws IOException {
        AgentProcess.stop(agentDirectory, true);
    }

    @Test
    void carriesAReleaseRoleAfterRoleToItsClosure() throws IOException {
        BuiltSample sample = stage.build("2.4.0");
        People people = new People(CHROMIUM.driver(), "http://localhost:" + port, engine.getName());

        people.signIn("mara").request(SampleLandscape.SYSTEM, "2.4.0", "Quantity discount");
        people.signIn("paul").take(task("userTask_supplyItems"));
        assertThat(people.completeInVain()).contains("Please hand in the items on the page of the release first");
        people.handIn(RELEASE, "scope", sample.scope());
        finish(people, "userTask_supplyItems");
        people.take(task("userTask_confirmScope"))
                .picture("tour-scope")
                .choose("Confirm the scope")
                .choose("Few");
        people.complete(done("userTask_confirmScope"));

        people.signIn("mara").take(task("userTask_proposeWindow"));
        Instant start = Instant.now().minusSeconds(60);
        people.type("date", at(start, "MM/dd/yyyy"))
                .type("time", at(start, "hh:mm a"))
                .type("Length of the window", "60");
        people.complete(done("userTask_proposeWindow"));

        people.signIn("dora").take(task("userTask_attestExitCriteria"));
        people.choose("All automated tests pass").choose("Every change was reviewed");
        people.type("Where it can be seen", "In the build log of the commit.");
        people.complete(done("userTask_attestExitCriteria"));
        people.take(task("userTask_supplyFiles"));
        people.handIn(RELEASE, "packaging", sample.jar());
        finish(people, "userTask_supplyFiles");

        for (String environment : List.of("development", "staging")) {
            people.signIn("quinn").take(task("userTask_supplyEvidence"));
            people.handIn(RELEASE, "quality-" + environment, sample.testReport());
            finish(people, "userTask_supplyEvidence");
        }

        String risk = task("userTask_assessRisk");
        people.signIn("mara")
                .visit(RELEASE, "")
                .picture("tour-release")
                .fitDiagram()
                .picture("spine", "#diagram");
        people.take(risk);
        people.pick("Impact of a failure", "Low")
                .pick("Likelihood of a failure", "Low")
                .pick("Users who would notice", "Few");
        people.choose("Yes, with this release");
        people.complete(done("userTask_assessRisk"));

        String approval = task("userTask_approveChange");
        people.signIn("chiara").take(approval).choose("Approve the change");
        assertThat(people.completeInVain())
                .contains("Please confirm your decision first at")
                .contains("/confirm/" + approval);
        people.readToConfirm(approval).picture("tour-approval");
        people.confirm(approval, "APPROVE");
        people.reopen(approval).choose("Approve the change").complete(done("userTask_approveChange"));

        for (String login : List.of("dora", "quinn", "sefa", "oscar", "sam", "mara")) {
            String role =
                    switch (login) {
                        case "dora" -> "developer@storefront";
                        case "mara" -> "release-manager";
                        case "quinn" -> "qa";
                        case "sefa" -> "security";
                        case "oscar" -> "operations";
                        default -> "service-desk";
                    };
            String mine = task("userTask_confirmReadiness", role);
            people.signIn(login).take(mine).choose("Ready");
            people.complete(
                    () -> engine.getTaskService().createTaskQuery().taskId(mine).count() == 0);
        }
        people.signIn("derek").take(task("userTask_acceptGo")).choose("Go");
        people.complete(done("userTask_acceptGo"));

        String comparison = task("userTask_judgeComparison");
        people.signIn("oscar").visit(RELEASE, "/live").picture("tour-live");
        people.take(comparison).choose("Keep it in production");
        people.type("Reason", "Every check passed.").complete(done("userTask_judgeComparison"));

        String closure = task("userTask_signClosure");
        people.signIn("mara").confirm(closure, "SUCCESSFUL");
        people.take(closure).choose("Successful").complete(done("userTask_signClosure"));

        await("the closure", () -> release().state() == ReleaseState.CLOSED);
        assertThat(release().outcome()).contains(ReleaseOutcome.SUCCESSFUL);
        assertThat(live.of(SampleLandscape.SYSTEM, SampleLandscape.PRODUCTION)
                        .orElseThrow()
                        .version())
                .isEqualTo("2.4.0");
        people.visit(RELEASE, "/closure").picture("tour-closure").visit(RELEASE, "");
        assertThat(people.browser().getPageSource()).contains("Successful").contains("Chiara Conti");
    }

    private void finish(People people, String key) {
        people.reopen(task(key)).complete(done(key));
    }

    private Release release() {
        return releases.find(RELEASE).orElseThrow();
    }

    private String task(String key) {
        await(key, () -> open(key).size() > 0);
        return open(key).get(0).getId();
    }

    private String task(String key, String role) {
        await(key + " for " + role, () -> forRole(key, role).size() == 1);
        return forRole(key, role).get(0).getId();
    }

    private List<Task> open(String key) {
        return engine.getTaskService().createTaskQuery().taskDefinitionKey(key).list();
    }

    private List<Task> forRole(String key, String role) {
        return engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(key)
                .taskCandidateGroup(role)
                .includeAssignedTasks()
                .list();
    }

    private BooleanSupplier done(String key) {
        String id = open(key).get(0).getId();
        return () -> engine.getTaskService().createTaskQuery().taskId(id).count() == 0;
    }

    private static String at(Instant moment, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(condition::getAsBoolean);
    }
}
