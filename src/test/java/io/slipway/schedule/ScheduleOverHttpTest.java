package io.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.Capability;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import io.slipway.testing.Crowd;
import io.slipway.testing.RunningApplication;
import io.slipway.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The calendar is kept by release managers and read by everybody who may see releases. */
@RunningApplication
@Capability("2.1")
@SuppressWarnings("NullAway.Init")
class ScheduleOverHttpTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String SYSTEM = "scheduled";
    private static final String CLOSE = """
            {"name": "Close of the year <2099>", "system": "scheduled",
             "start": "2099-12-20T00:00:00Z", "end": "2099-12-31T00:00:00Z", "zone": "Europe/Zurich"}""";

    @LocalServerPort
    private int port;

    @Autowired
    private Crowd crowd;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Releases releases;

    @Autowired
    private EngineAccess access;

    private final ObjectMapper json = new ObjectMapper();

    private Release release;

    @BeforeEach
    void aRelease() {
        landscape.add(SYSTEM, "Scheduled", false);
        landscape.addEnvironment(SYSTEM, "staging", "Staging", Environment.Tier.STAGING, 1, 1);
        landscape.addEnvironment(SYSTEM, "production", "Production", Environment.Tier.PRODUCTION, 2, 2);
        String rita = crowd.id("schedule.rita", "release-manager");
        crowd.id("schedule.quinn", "qa");
        release = access.as(
                rita,
                () -> releases.request(
                        new NewRelease(SYSTEM, "1." + NUMBER.incrementAndGet() + ".0", "Scheduled", Urgency.NORMAL),
                        rita));
    }

    private Visitor program(String login) {
        return Visitor.program(port, login, Crowd.PASSWORD);
    }

    @Test
    void takesABlackoutFromAReleaseManagerShowsItAndLiftsIt() throws Exception {
        HttpResponse<String> entered = program("schedule.rita").json("POST", "/api/v1/blackouts", CLOSE);
        assertThat(entered.statusCode()).isEqualTo(201);
        String address = entered.headers().firstValue("Location").orElseThrow();

        JsonNode schedule = json.readTree(program("schedule.quinn")
                .get("/api/v1/releases/" + release.key() + "/schedule")
                .body());
        assertThat(schedule.at("/blackouts/0/name").asText()).isEqualTo("Close of the year <2099>");
        assertThat(schedule.get("windows").size()).isZero();
        assertThat(Visitor.person(port, "schedule.quinn")
                        .get("/releases/" + release.key())
                        .body())
                .contains("Close of the year &lt;2099&gt;")
                .contains("2099-12-20 01:00 Europe/Zurich to 2099-12-31 01:00 Europe/Zurich");
        assertThat(json.readTree(program("schedule.quinn")
                                .get("/api/v1/blackouts?size=100")
                                .body())
                        .get("content")
                        .findValuesAsText("name"))
                .contains("Close of the year <2099>");

        assertThat(program("schedule.quinn").json("DELETE", address, "").statusCode())
                .isEqualTo(403);
        assertThat(program("schedule.rita").json("DELETE", address, "").statusCode())
                .isEqualTo(204);
        assertThat(program("schedule.rita").json("DELETE", address, "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void namesTheFieldThatIsWrong() throws Exception {
        assertFault(CLOSE.replace("Europe/Zurich", "Mars/Olympus"), "zone");
        assertFault(CLOSE.replace("2099-12-31", "2099-12-01"), "end");
        assertFault("{}", "name");
    }

    private void assertFault(String body, String field) throws Exception {
        HttpResponse<String> answer = program("schedule.rita").json("POST", "/api/v1/blackouts", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).get("field").asText()).isEqualTo(field);
    }

    @Test
    @Capability("8.4")
    void isClosedToOthers() {
        assertThat(program("schedule.quinn")
                        .json("POST", "/api/v1/blackouts", CLOSE)
                        .statusCode())
                .isEqualTo(403);
        assertThat(Visitor.of(port).get("/api/v1/blackouts").statusCode()).isEqualTo(401);
    }
}
