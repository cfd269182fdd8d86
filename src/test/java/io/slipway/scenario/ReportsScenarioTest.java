package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.slipway.Capability;
import io.slipway.demo.SamplePeople;
import io.slipway.integration.incidents.Incident.Priority;
import io.slipway.integration.incidents.IncidentRegister;
import io.slipway.integration.incidents.NewIncident;
import io.slipway.release.Landscape;
import io.slipway.release.NewRelease;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Urgency;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reports over the whole application, from what happens to releases and to what is asked. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
@Capability("8.6")
class ReportsScenarioTest {

    private static final String SYSTEM = "reported";

    @Autowired
    private Callers callers;

    @Autowired
    private Landscape landscape;

    @Autowired
    private Releases releases;

    @Autowired
    private SamplePeople people;

    @Autowired
    private IncidentRegister incidents;

    @Autowired
    private JdbcTemplate jdbc;

    /** What the phases do to a release in production, without the phases. */
    private void lived(String version, Urgency urgency, boolean failed, int leadHours) {
        ReleaseId id = releases.request(
                        new NewRelease(SYSTEM, version, "Reported " + version, urgency),
                        people.idOf(people.named("mara")))
                .id();
        jdbc.update(
                "update slipway_release set requested_at = ? where release_key = ?",
                Timestamp.from(Instant.now().minusSeconds(leadHours * 3_600L)),
                SYSTEM + "-" + version);
        releases.enter(id, ReleaseState.DEPLOYING);
        releases.enter(id, ReleaseState.VALIDATING);
        if (failed) {
            releases.enter(id, ReleaseState.ROLLING_BACK);
            releases.enter(id, ReleaseState.SCHEDULED);
        }
        releases.end(id, failed ? ReleaseOutcome.ROLLED_BACK : ReleaseOutcome.SUCCESSFUL);
    }

    @Test
    void measuresComeFromWhatHappenedInProduction() {
        landscape.add(SYSTEM, "Reported system", false);
        landscape.addEnvironment(SYSTEM, "staging", "Staging", io.slipway.release.Environment.Tier.STAGING, 0, 1);
        landscape.addEnvironment(
                SYSTEM, "production", "Production", io.slipway.release.Environment.Tier.PRODUCTION, 1, 1);
        lived("28.6.0", Urgency.NORMAL, false, 2);
        lived("28.6.1", Urgency.NORMAL, true, 4);
        lived("28.6.2", Urgency.EMERGENCY, false, 6);
        lived("28.6.3", Urgency.NORMAL, false, 8);
        incidents.open(new NewIncident(
                "INC-28-1",
                SYSTEM,
                Optional.of("production"),
                Priority.P1,
                "Nobody can pay",
                Instant.now().plusSeconds(1),
                Optional.of(SYSTEM + "-28.6.1")));

        incidents.open(new NewIncident(
                "INC-28-2",
                SYSTEM,
                Optional.of("staging"),
                Priority.P1,
                "Nobody can test",
                Instant.now().minus(Duration.ofDays(20)),
                Optional.empty()));
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        HttpResponse<String> answer = callers.program("eva").get("/api/v1/reports?from=" + today + "&to=" + today);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode system = MissingNode.getInstance();
        for (JsonNode told : callers.read(answer).path("systems")) {
            if (told.path("system").asText().equals(SYSTEM)) {
                system = told;
            }
        }
        assertThat(system.isMissingNode()).isFalse();
        assertThat(system.path("deployments").asLong()).isEqualTo(4);
        assertThat(system.path("deploymentsPerWeek").asDouble()).isEqualTo(28);
        assertThat(system.path("leadTimeMedian").asLong()).isBetween(4 * 3_600L, 4 * 3_600L + 120);
        assertThat(system.path("leadTimeP90").asLong()).isBetween(8 * 3_600L, 8 * 3_600L + 120);
        assertThat(system.path("changeFailRate").asDouble()).isEqualTo(0.25);
        assertThat(system.at("/changeFailInterval/low").asDouble()).isCloseTo(0.0456, within(0.001));
        assertThat(system.at("/changeFailInterval/high").asDouble()).isCloseTo(0.6994, within(0.001));
        assertThat(system.path("recoveryTimeMedian").asLong()).isLessThan(60);
        assertThat(system.path("deploymentReworkRate").asDouble()).isEqualTo(0.25);
        assertThat(system.path("incidents").asLong()).isOne();
        assertThat(system.path("followedByIncident").asLong()).isEqualTo(4);
        assertThat(system.path("availability").asDouble())
                .as("what disturbs staging since weeks disturbs no customer")
                .isGreaterThan(0.9);

        JsonNode deployments = callers.read(callers.program("eva").get("/api/v1/reports/reported/deployments"));
        assertThat(deployments.path("content").findValuesAsText("release"))
                .containsExactly("reported-28.6.3", "reported-28.6.2", "reported-28.6.1", "reported-28.6.0");
        assertThat(deployments.at("/content/2/failedAt").asText()).isNotEmpty();
        assertThat(deployments.at("/content/0/incidentsBefore")).isEmpty();
        assertThat(deployments.at("/content/0/incidentsAfter")).hasSize(1);
        assertThat(deployments.at("/content/0/incidentsAfter/0").asText()).isEqualTo("INC-28-1");
        String page = callers.person("eva").get("/reports").body();
        assertThat(page).contains("Change fail rate", "1 of 4", "<rect", "reported");
        assertThat(callers.person("eva").get("/reports/reported").body()).contains("INC-28-1", "reported-28.6.1");
        assertThat(callers.person("eva")
                        .get("/reports?from=2020-01-01&to=2020-01-02")
                        .body())
                .contains("Nothing was deployed to production in these days");
        assertThat(callers.program("eva").get("/api/v1/reports/export").body())
                .contains("system,from,to,deployments", "\r\nreported,");
        assertThat(callers.program("eva").get("/api/v1/reports?from=x").body()).contains("'from' is a day");
        assertThat(callers.program("paul").get("/api/v1/reports").statusCode()).isEqualTo(403);
        incidents.resolve("INC-28-2", Instant.now().plusSeconds(2), Optional.empty());
        incidents.resolve("INC-28-1", Instant.now().plusSeconds(2), Optional.empty());
    }
}
