package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The process acts only on what was asked for on the page, and an ended release holds no environment. */
@PagesTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ReleaseRequestsTest {

    private static final String SYSTEM = "asked";

    @Autowired
    private PagesStory.Steps story;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private EnvironmentBookings bookings;

    @Autowired
    private JdbcTemplate jdbc;

    private String manager;

    @BeforeAll
    void begin() {
        story.models();
        story.system(SYSTEM, "Asked system");
        manager = story.person("Mona Manager", "release-manager");
    }

    private Release release(String title) {
        return story.release(SYSTEM, title, manager);
    }

    private Release now(Release release) {
        return story.releases().get(release.id());
    }

    private static String root(Release release) {
        return release.processInstanceId().orElseThrow();
    }

    private void engine(Runnable call) {
        story.access().asSystem(() -> {
            call.run();
            return true;
        });
    }

    private List<String> actions(Release release) {
        return jdbc.queryForList(
                "select action from audit_entry where release_id = (select id from slipway_release where release_key = ?)"
                        + " order by seq",
                String.class,
                release.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"release.cancelRequested", "release.holdRequested", "scope.contentChanged"})
    @Capability("8.2")
    void aMessageThatNobodyAskedForMovesNothing(String message) {
        Release release = release("Not asked " + message);
        String task = story.task(release).getId();

        assertThatThrownBy(() -> engine(() -> runtime.createMessageCorrelation(message)
                        .processInstanceId(root(release))
                        .correlate()))
                .isInstanceOf(TaskRefused.class)
                .hasMessageContaining("Nobody asked for")
                .hasMessageContaining("please ask for it there, with a reason");

        story.work(release);
        assertThat(story.task(release).getId()).as("the only open task").isEqualTo(task);
        assertThat(now(release).state()).isEqualTo(ReleaseState.DRAFT);
    }

    @Test
    @Capability("8.2")
    void whatWasAskedForOnceIsActedOnOnce() {
        Release release = release("Asked once");
        story.releases().requestContentChange(release.id(), manager, "Another item.");

        assertThatThrownBy(() -> engine(() -> runtime.createMessageCorrelation("scope.contentChanged")
                        .processInstanceId(root(release))
                        .correlate()))
                .isInstanceOf(TaskRefused.class)
                .hasMessageContaining("Nobody asked for 'Content changed'");
    }

    @Test
    @Capability("8.2")
    void aTokenMovedToTheCancellationFindsThatNobodyAskedForIt() {
        Release release = release("Token moved");
        engine(() -> runtime.createProcessInstanceModification(root(release))
                .startBeforeActivity("serviceTask_cancelRelease")
                .execute());

        assertThatThrownBy(() -> story.work(release))
                .hasMessageContaining("Nobody asked for " + release.key() + " to be cancelled; please");
        assertThat(now(release).state()).isEqualTo(ReleaseState.DRAFT);
    }

    @Test
    void aSuspendedProcessIsNamedWithItsRemedy() {
        Release release = release("Suspended");
        engine(() -> runtime.suspendProcessInstanceById(root(release)));

        assertThatThrownBy(() -> story.releases().requestCancel(release.id(), manager, "Not needed."))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("is suspended in the engine")
                .hasMessageContaining("activate it in Cockpit");

        engine(() -> runtime.activateProcessInstanceById(root(release)));
        story.releases().requestCancel(release.id(), manager, "Not needed.");
        story.work(release);
        assertThat(now(release).outcome()).contains(ReleaseOutcome.CANCELLED);
    }

    @Test
    void productionThatMayBeTouchedIsNotLeftByACancellation() {
        Release release = release("Touched");
        story.releases().requestCancel(release.id(), manager, "Not needed.");
        story.releases().enter(release.id(), ReleaseState.DEPLOYING);

        assertThatThrownBy(() -> story.work(release)).hasMessageContaining("so it is not cancelled; please");
        assertThat(now(release).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    @Test
    @Capability("2.3")
    void aCancelledReleaseGivesItsEnvironmentsBack() {
        Release first = release("Cancelled with a booking");
        Release second = release("Waits for it");
        assertThat(bookings.book(first, "staging").free()).isTrue();
        assertThat(bookings.book(first, "staging").free()).as("asked twice").isTrue();
        EnvironmentBookings.Answer taken = bookings.book(second, "staging");
        assertThat(taken.free()).isFalse();
        assertThat(taken.again()).isAfter(second.requestedAt());

        story.releases().requestCancel(first.id(), manager, "Not needed.");
        story.work(first);

        assertThat(now(first).state()).isEqualTo(ReleaseState.CANCELLED);
        assertThat(bookings.holder(SYSTEM, "staging")).isEmpty();
        assertThat(actions(first)).contains("release.requestCancel", "environment.giveBack", "release.end");
        assertThat(bookings.book(second, "staging").free()).isTrue();
        bookings.giveBackAll(second);
    }

    @Test
    @Capability("2.3")
    void whatAReleaseWithoutAProcessHeldIsTakenOver() {
        Release gone = release("Deleted in the engine");
        Release next = release("Takes over");
        assertThat(bookings.book(gone, "staging").free()).isTrue();
        engine(() -> runtime.deleteProcessInstance(root(gone), "by hand"));

        assertThat(bookings.book(next, "staging").free()).isTrue();

        assertThat(bookings.holder(SYSTEM, "staging")).contains(next.key());
        assertThat(actions(next)).contains("environment.takeOver");
        bookings.giveBackAll(next);
    }

    @Test
    void aReleaseWhoseProcessIsGoneIsCancelledAtOnce() {
        Release gone = release("Deleted and cancelled");
        engine(() -> runtime.deleteProcessInstance(root(gone), "by hand"));

        story.releases().requestCancel(gone.id(), manager, "Its process is gone.");

        assertThat(now(gone).state()).isEqualTo(ReleaseState.CANCELLED);
    }

    @Test
    void givingUpIsActedOnByTheStepThatEndsTheRelease() {
        Release release = release("Given up");
        story.releases().giveUp(release.id(), manager, "It never starts.");
        assertThat(now(release).state()).isEqualTo(ReleaseState.DRAFT);

        story.releases().cancel(release.id());
        story.releases().cancel(release.id());

        assertThat(now(release).outcome()).contains(ReleaseOutcome.CANCELLED);
        assertThatThrownBy(() -> story.releases().end(release.id(), ReleaseOutcome.CANCELLED))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
