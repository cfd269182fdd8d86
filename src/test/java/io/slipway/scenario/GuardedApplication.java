package io.slipway.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole application with the sample, its people and a real agent, in which nothing moves by itself: {@link EngineByHand} does
 * the jobs, so that an attack finds a process exactly where it wants it. Shared by all tests that say no more than this.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "camunda.bpm.generate-unique-process-engine-name=true",
            "camunda.bpm.generate-unique-process-application-name=true",
            "camunda.bpm.job-execution.enabled=false",
            "slipway.workers.enabled=false"
        })
@ActiveProfiles("demo")
@Import({EngineByHand.class, Callers.class, CapabilitySwitch.class})
public @interface GuardedApplication {}
