package io.slipway.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

/** The first of two nodes, with leases of six seconds, on a server that both can use; the class starts the second. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "slipway.test.needs-server=true",
            "slipway.data=target/data/${random.uuid}",
            "slipway.node.name=first",
            "slipway.node.heartbeat=PT1S",
            "slipway.node.silence=PT6S",
            "slipway.node.turn=PT6S",
            "slipway.alarms.every=PT1S",
            "slipway.ledger.lease=PT6S",
            "slipway.ledger.limit=PT4S",
            "slipway.workers.lease=PT6S",
            "camunda.bpm.job-execution.lock-time-in-millis=6000",
            "camunda.bpm.generate-unique-process-engine-name=true",
            "camunda.bpm.generate-unique-process-application-name=true"
        })
@ActiveProfiles("demo")
@DirtiesContext
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "The MariaDB for tests runs on Linux x64 only")
@interface TwoNodesApplication {}
