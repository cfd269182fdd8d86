package io.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a new version takes the place of the old one, rule by rule. */
@Capability("5.1")
class DeploymentPatternDecisionTest {

    private static final Set<String> FIRED = new TreeSet<>();
    private static final DmnEngine ENGINE = engine();
    private static final DmnDecision DECISION = decision();

    private static DmnEngine engine() {
        DefaultDmnEngineConfiguration configuration =
                (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        configuration.getCustomPostDecisionTableEvaluationListeners().add(new DmnDecisionTableEvaluationListener() {
            @Override
            public void notify(DmnDecisionTableEvaluationEvent event) {
                event.getMatchingRules().forEach(rule -> FIRED.add(rule.getId()));
            }
        });
        return configuration.buildEngine();
    }

    private static DmnDecision decision() {
        try (InputStream in =
                DeploymentPatternDecisionTest.class.getResourceAsStream("/bpmn/deployment/deployment-pattern.dmn")) {
            if (in == null) {
                throw new IOException("The decision is not on the class path");
            }
            return ENGINE.parseDecision("deployment-pattern", in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pattern(
            @Nullable String environmentTier,
            @Nullable Boolean stateful,
            @Nullable String releaseClass,
            @Nullable Integer instances) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("environmentTier", environmentTier);
        facts.put("stateful", stateful);
        facts.put("releaseClass", releaseClass);
        facts.put("instances", instances);
        String pattern = ENGINE.evaluateDecision(DECISION, new HashMap<String, Object>(facts))
                .getSingleEntry();
        assertThat(DeploymentPattern.of(pattern).name()).isEqualTo(pattern);
        return pattern;
    }

    @Test
    void aSingleInstanceGetsASecondOneBesideIt() {
        assertThat(pattern("production", true, "MINOR", 1)).isEqualTo("BLUE_GREEN");
        assertThat(pattern("development", false, "MINOR", 1)).isEqualTo("BLUE_GREEN");
    }

    @Test
    void instancesOfDevelopmentAreReplacedOneByOne() {
        assertThat(pattern("development", false, "MAJOR", 2)).isEqualTo("ROLLING");
    }

    @Test
    void instancesThatKeepStateAreReplacedOneByOneInAMinorRelease() {
        assertThat(pattern("production", true, "MINOR", 3)).isEqualTo("ROLLING");
        assertThat(pattern("production", true, "MAJOR", 3)).isEqualTo("BLUE_GREEN");
        assertThat(pattern("production", true, "EMERGENCY", 3)).isEqualTo("BLUE_GREEN");
    }

    @Test
    void otherwiseBothVersionsRunSideBySide() {
        assertThat(pattern("production", false, "MINOR", 3)).isEqualTo("BLUE_GREEN");
        assertThat(pattern("staging", false, "MAJOR", 2)).isEqualTo("BLUE_GREEN");
    }

    @Test
    void whatIsMissingOrUnknownLeadsToBothSideBySide() {
        assertThat(pattern(null, null, null, null)).isEqualTo("BLUE_GREEN");
        assertThat(pattern("moon", null, "HUGE", 5)).isEqualTo("BLUE_GREEN");
        assertThat(pattern("production", null, "MINOR", 5)).isEqualTo("BLUE_GREEN");
    }

    @AfterAll
    static void everyRuleFired() {
        assertThat(FIRED)
                .containsExactlyInAnyOrder("rule_single", "rule_development", "rule_stateful", "rule_sideBySide");
    }
}
