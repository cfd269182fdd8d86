package io.slipway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Slipway;
import io.slipway.demo.SamplePeople;
import io.slipway.platform.process.EngineAccess;
import io.slipway.release.ReleaseState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A second program on a schema of its own begins and works while the first one runs on another schema of the same server. */
@GuardedApplication
@Tag("database")
@EnabledIf(
        value = "io.slipway.testing.TestDatabase#isServer",
        disabledReason = "H2 has a database for each program, so there is nothing that they could disturb")
@SuppressWarnings("NullAway.Init")
class SchemasScenarioTest {

    @Autowired
    private ApplicationContext first;

    @Autowired
    private SamplePeople people;

    @Autowired
    private EngineByHand hand;

    @Test
    void twoProgramsOnOneServerDoNotDisturbEachOther() {
        ReleaseStory story = ReleaseStory.requestedBy(people.named("mara"), "27.90.0", "2.4.0", first);
        List<String> due = jobs(first);
        assertThat(due).as("jobs of the first that nobody does").isNotEmpty();
        Map<String, Long> before = rows(first);

        try (ConfigurableApplicationContext second = new SpringApplicationBuilder(Slipway.class)
                .run(
                        "--server.port=0",
                        "--slipway.data=target/data/" + UUID.randomUUID(),
                        "--camunda.bpm.generate-unique-process-engine-name=true",
                        "--camunda.bpm.generate-unique-process-application-name=true",
                        "--slipway.workers.enabled=false")) {
            assertThat(schema(second)).isNotEqualTo(schema(first));
            assertThat(tables(second))
                    .as("the second has made all its tables")
                    .isEqualTo(tables(first))
                    .hasSizeGreaterThan(150);
            assertThat(definitions(second)).isPositive().isEqualTo(definitions(first));
            Awaitility.await("the second does jobs of its own")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> done(second) > 0);

            assertThat(client(second)
                            .sql("select count(*) from slipway_release")
                            .query(Long.class)
                            .single())
                    .isZero();
            assertThat(jobs(first))
                    .as("nobody did or locked a job of the first")
                    .isEqualTo(due);
            assertThat(rows(first)).isEqualTo(before);
        }

        story.movedBy(hand::turn).goesOnTo(ReleaseState.IN_BUILD);
    }

    private static JdbcClient client(ApplicationContext program) {
        return program.getBean(JdbcClient.class);
    }

    private static String schema(ApplicationContext program) {
        return client(program).sql("select schema()").query(String.class).single();
    }

    private static List<String> tables(ApplicationContext program) {
        return client(program)
                .sql(
                        "select table_name from information_schema.tables where table_schema = schema() order by table_name")
                .query(String.class)
                .list();
    }

    private static long definitions(ApplicationContext program) {
        return system(program).asSystem(() -> program.getBean(RepositoryService.class)
                .createProcessDefinitionQuery()
                .latestVersion()
                .count());
    }

    /** How many instances have left their asynchronous beginning, which only a job can do. */
    private static long done(ApplicationContext program) {
        return client(program)
                .sql("select count(*) from ACT_HI_JOB_LOG where JOB_STATE_ = 2")
                .query(Long.class)
                .single();
    }

    private static List<String> jobs(ApplicationContext program) {
        return system(program).asSystem(() -> program.getBean(ManagementService.class).createJobQuery().list().stream()
                .map(Job::getId)
                .sorted()
                .toList());
    }

    private static Map<String, Long> rows(ApplicationContext program) {
        return Map.of(
                "processes",
                system(program).asSystem(() -> program.getBean(RuntimeService.class)
                        .createProcessInstanceQuery()
                        .count()),
                "locked jobs",
                client(program)
                        .sql("select count(*) from ACT_RU_JOB where LOCK_OWNER_ is not null")
                        .query(Long.class)
                        .single(),
                "deployments",
                client(program)
                        .sql("select count(*) from ACT_RE_DEPLOYMENT")
                        .query(Long.class)
                        .single(),
                "people",
                client(program)
                        .sql("select count(*) from person")
                        .query(Long.class)
                        .single());
    }

    private static EngineAccess system(ApplicationContext program) {
        return program.getBean(EngineAccess.class);
    }
}
