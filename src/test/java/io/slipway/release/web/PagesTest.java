package io.slipway.release.web;

import io.slipway.testing.CountedStatements;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** A test of pages and API on the whole application, with people, systems and a small spine of its own; one context for all of them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "camunda.bpm.generate-unique-process-engine-name=true",
            "camunda.bpm.generate-unique-process-application-name=true",
            "camunda.bpm.job-execution.enabled=false",
            "slipway.workers.enabled=false"
        })
@AutoConfigureMockMvc
@Import({PagesStory.class, CountedStatements.class})
@interface PagesTest {}
