package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.process.BusinessKeyLogging;
import io.slipway.release.ReleaseState;
import io.slipway.release.SideProcesses;
import io.slipway.release.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Operations find what happened to a release by its key: in its processes after it has ended, and in every line of the log. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class FinishedReleasesScenarioTest {

    private static final String KEY = "storefront-25.10.4";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private SideProcesses sides;

    @Test
    @Capability("10.4")
    void aFinishedReleaseIsFoundByItsKeyThroughAllLevelsAndInTheLog() {
        Logger statements = (Logger) LoggerFactory.getLogger("org.hibernate.SQL");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        statements.addAppender(log);
        statements.setLevel(Level.DEBUG);
        try {
            ReleaseStory story = ReleaseStory.requestedBy(
                            people.named("mara"), "25.10.4", "2.4.0", Urgency.NORMAL, application)
                    .movedBy(hand::turn)
                    .goesOnTo("userTask_confirmScope");
            assertThat(told(log)).as("jobs tell the key").contains(KEY);
            log.list.clear();
            callers.program("oscar").get("/api/v1/releases/" + KEY + "/deployment");
            assertThat(told(log)).as("requests tell the key").contains(KEY);
            log.list.clear();
            callers.program("oscar").get("/api/v1/releases");
            assertThat(told(log)).as("others do not").doesNotContain(KEY);

            sides.start(story.release(), "watch-traffic", Map.of());
            hand.turn(KEY);
            callers.program("mara")
                    .json("POST", "/api/v1/releases/" + KEY + "/cancel", "{\"reason\":\"The test is over.\"}");
            hand.turn(KEY);
            assertThat(story.release().state()).isEqualTo(ReleaseState.CANCELLED);
        } finally {
            statements.setLevel(null);
            statements.detachAppender(log);
        }

        JsonNode processes = callers.read(callers.program("oscar").get("/api/v1/releases/" + KEY + "/processes"))
                .path("content");
        assertThat(processes.findValuesAsText("process")).contains("run-release", "scope-release", "watch-traffic");
        List<String> levels = new ArrayList<>();
        processes.forEach(instance -> {
            levels.add(
                    instance.path("beside").asBoolean() ? "beside" : instance.has("parent") ? "called" : "outermost");
            assertThat(instance.has("end")).as(instance.toString()).isTrue();
            JsonNode picture = callers.read(callers.program("oscar")
                    .get("/api/v1/releases/" + KEY + "/processes/"
                            + instance.path("id").asText()));
            assertThat(picture.path("ended").asBoolean()).as(picture.toString()).isTrue();
        });
        assertThat(levels).contains("beside", "called", "outermost");
        assertThat(callers.person("oscar").get("/releases/" + KEY).body())
                .contains("Watch traffic", "Beside", "Outermost");
        assertThat(callers.read(callers.program("oscar").get("/api/v1/releases/" + KEY + "/history"))
                        .path("content"))
                .isNotEmpty();
    }

    private static List<String> told(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream()
                .map(line -> line.getMDCPropertyMap().getOrDefault(BusinessKeyLogging.NAME, ""))
                .toList();
    }
}
