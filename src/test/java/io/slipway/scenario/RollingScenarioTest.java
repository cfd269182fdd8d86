package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.Targets;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the decision says rolling, instances are replaced one after the other, and users never get nothing. */
@GuardedApplication
@SuppressWarnings("NullAway.Init")
class RollingScenarioTest {

    private static final String DEVELOPMENT = "development";
    private static final Route ROUTE = new Route(DEVELOPMENT, SampleLandscape.SYSTEM);

    @Autowired
    private ApplicationContext application;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Targets targets;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Test
    @Capability("5.1")
    void instancesAreReplacedOneAfterTheOtherAndEachHasItsOwnRows() throws Exception {
        instances(2);
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), "25.1.5", "2.4.0", application)
                .movedBy(hand::turn);
        Map<String, Integer> answers = Collections.synchronizedMap(new TreeMap<>());
        AtomicBoolean over = new AtomicBoolean();
        Thread user = new Thread(() -> use(answers, over));
        try {
            hand.haltAt(
                    story.key(),
                    point -> point.activity().equals("serviceTask_switchTraffic")
                            || point.environment().equals("staging"));
            story.goesOnUntil("a checked first instance", () -> hand.isAt(story.key(), "serviceTask_switchTraffic"));
            user.start();
            hand.execute(hand.jobAt(story.key(), "serviceTask_switchTraffic"));
            hand.turn(story.key());
            hand.haltAt(story.key(), point -> point.environment().equals("staging"));
            story.goesOnUntil("both instances", () -> targets.route(ROUTE)
                    .filter(route ->
                            "25.1.5".equals(route.version()) && route.members().size() == 2)
                    .isPresent());
            hand.turn(story.key());
            over.set(true);
            user.join(10_000);

            List<String> members =
                    targets.route(ROUTE).map(RouteStatus::members).orElseThrow();
            assertThat(members).hasSize(2);
            assertThat(members).allSatisfy(member -> {
                ServiceStatus status = targets.service(member).orElseThrow();
                assertThat(status.state()).isEqualTo(ServiceStatus.State.RUNNING);
                assertThat(status.version()).isEqualTo("25.1.5");
            });
            assertThat(answers.keySet()).as("only good answers").containsExactly("200");
            assertThat(jdbc.sql("select step from effect where business_key = ? and state = 'DONE' order by seq")
                            .param(story.key())
                            .query(String.class)
                            .list())
                    .startsWith(
                            "transferPackage", "startService", "switchTraffic", "startService.2", "switchTraffic.2");
            JsonNode deployment =
                    callers.read(callers.program("oscar").get("/api/v1/releases/" + story.key() + "/deployment"));
            assertThat(deployment.toString()).contains("ROLLING", "Start service 2");
            assertThat(callers.person("oscar").get("/releases/" + story.key()).body())
                    .contains("Start service 2", "Switch traffic 2");
        } finally {
            over.set(true);
            instances(1);
            callers.program("mara")
                    .json("POST", "/api/v1/releases/" + story.key() + "/cancel", "{\"reason\":\"The test is over.\"}");
            hand.turn(story.key());
        }
    }

    private void instances(int instances) {
        assertThat(jdbc.sql("update environment set instances = ? where system_key = ? and environment_key = ?")
                        .params(instances, SampleLandscape.SYSTEM, DEVELOPMENT)
                        .update())
                .isEqualTo(1);
    }

    private void use(Map<String, Integer> answers, AtomicBoolean over) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(targets.addressOf(ROUTE).resolve("version"))
                .build();
        while (!over.get()) {
            String answer;
            try {
                answer = String.valueOf(client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
            } catch (IOException e) {
                answer = String.valueOf(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            answers.merge(answer, 1, Integer::sum);
        }
    }
}
