package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import io.slipway.demo.SampleLandscape;
import io.slipway.demo.SamplePeople;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.Targets;
import io.slipway.packaging.versions.Drift;
import io.slipway.platform.process.EngineAccess;
import io.slipway.testing.StoredColumns;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Templates are filled in when a service is started: the service gets the secret, and nothing that Slipway keeps or shows has it. */
@GuardedApplication
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class ConfigurationIsDeliveredScenarioTest {

    private static final String DEVELOPMENT = "development";
    private static final Route ROUTE = new Route(DEVELOPMENT, SampleLandscape.SYSTEM);
    private static final String SECRET = "Kx7" + "-violet-anvil-" + "90318";

    @Autowired
    private ApplicationContext application;

    @Autowired
    private EngineByHand hand;

    @Autowired
    private Callers callers;

    @Autowired
    private SamplePeople people;

    @Autowired
    private Targets targets;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Environment environment;

    @Autowired
    private Drift drift;

    @Autowired
    private EngineAccess access;

    @Test
    @Capability({"3.5", "3.3"})
    void aServiceGetsItsConfigurationWithTheSecretAndNothingElseHasIt(CapturedOutput output) throws IOException {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), "23.5.5", "2.4.0", application)
                .movedBy(hand::turn)
                .goesOnTo("userTask_supplyFiles");
        String key = story.key();
        try {
            handIn(key);
            story.does("ravi", "userTask_supplyFiles");
            String before = targets.route(ROUTE).map(RouteStatus::serviceId).orElse("");

            assertThatThrownBy(() -> reachesDevelopment(story))
                    .as("without a value nothing moves")
                    .hasStackTraceContaining("The value shop.currency for development of storefront: missing")
                    .hasStackTraceContaining("Nothing was sent");
            assertThat(jdbc.sql("select count(*) from effect where business_key = ?")
                            .param(key)
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(targets.route(ROUTE).map(RouteStatus::serviceId).orElse(""))
                    .isEqualTo(before);

            value("shop.currency", "CHF");
            value("shop.key", "secret:shop-key");
            assertThatThrownBy(() -> reachesDevelopment(story)).hasStackTraceContaining("its secret is not there");
            keepSecret();
            reachesDevelopment(story);

            String service = targets.route(ROUTE).orElseThrow().serviceId();
            Path configuration = Path.of(environment.getRequiredProperty("slipway.targets.agent.data-dir"))
                    .resolve("services")
                    .resolve(service)
                    .resolve("config")
                    .resolve("config-shop.properties");
            assertThat(configuration).hasContent("currency=CHF\nkey=" + SECRET + "\nliteral=${7*7}\n");
            if (Files.getFileStore(configuration).supportsFileAttributeView("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(configuration)))
                        .isEqualTo("rw-------");
            }
            ServiceStatus status = targets.service(service).orElseThrow();
            assertThat(status.configurationIntact()).isTrue();
            assertThat(kept()).as("in the database").isEmpty();
            assertThat(output.getAll()).doesNotContain(SECRET);
            for (String page : List.of("", "/packaging", "/live", "/rehearsals")) {
                assertThat(callers.person("oscar")
                                .get("/releases/" + key + page)
                                .body())
                        .doesNotContain(SECRET);
            }
            for (String call : List.of("/deployment", "/packaging", "/packaging/configuration")) {
                assertThat(callers.program("oscar")
                                .get("/api/v1/releases/" + key + call)
                                .body())
                        .doesNotContain(SECRET);
            }
            assertThat(callers.person("aldo").get("/audit").body()).doesNotContain(SECRET);

            String placed = Files.readString(configuration);
            Files.writeString(configuration, placed.replace("CHF", "USD"));
            try {
                assertThat(access.asSystem(drift::check))
                        .filteredOn(found -> found.environment().equals(DEVELOPMENT))
                        .singleElement()
                        .satisfies(found -> assertThat(found.finding().orElse(""))
                                .isEqualTo("The configuration of 23.5.5 was changed after it was placed."));
                assertThat(callers.person("oscar").get("/versions/drift").body())
                        .contains("The configuration of 23.5.5 was changed")
                        .doesNotContain(SECRET);
            } finally {
                Files.writeString(configuration, placed);
            }
        } finally {
            callers.program("mara")
                    .json("POST", "/api/v1/releases/" + key + "/cancel", "{\"reason\":\"The test is over.\"}");
            hand.turn(key);
        }
    }

    private void reachesDevelopment(ReleaseStory story) {
        hand.haltAt(story.key(), point -> point.environment().equals("staging"));
        story.goesOnUntil("the version on " + DEVELOPMENT, () -> targets.route(ROUTE)
                .map(RouteStatus::version)
                .filter("23.5.5"::equals)
                .isPresent());
    }

    private void handIn(String key) {
        HttpResponse<String> handedIn = callers.program("ravi")
                .bytes(
                        "PUT",
                        "/api/v1/releases/" + key + "/packaging/files/config-shop.properties.template",
                        "application/octet-stream",
                        "currency=${shop.currency}\nkey=${shop.key}\nliteral=${7*7}\n"
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(handedIn.statusCode()).as(handedIn.body()).isEqualTo(200);
    }

    private void value(String name, String value) {
        HttpResponse<String> set = callers.program("oscar")
                .json(
                        "POST",
                        "/api/v1/configuration",
                        callers.write(Map.of(
                                "system",
                                SampleLandscape.SYSTEM,
                                "environment",
                                DEVELOPMENT,
                                "name",
                                name,
                                "value",
                                value)));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
    }

    private void keepSecret() throws IOException {
        Path file = Path.of(environment.getRequiredProperty("slipway.secrets.file"));
        Files.writeString(file, "shop-key=" + SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** Columns of the whole database in which the secret stands, text and bytes alike. */
    private List<StoredColumns.Column> kept() {
        return new StoredColumns(jdbc).holding(SECRET);
    }
}
