package io.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
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

/** What speaks against each pattern, rule by rule. */
@Capability("5.1")
class PatternObjectionsDecisionTest {

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
                PatternObjectionsDecisionTest.class.getResourceAsStream("/bpmn/deployment/pattern-objections.dmn")) {
            if (in == null) {
                throw new IOException("The decision is not on the class path");
            }
            return ENGINE.parseDecision("pattern-objections", in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> objections(
            @Nullable String environmentTier,
            @Nullable Boolean stateful,
            @Nullable String releaseClass,
            @Nullable Integer instances) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("environmentTier", environmentTier);
        facts.put("stateful", stateful);
        facts.put("releaseClass", releaseClass);
        facts.put("instances", instances);
        return ENGINE.evaluateDecision(DECISION, new HashMap<String, Object>(facts))
                .collectEntries("objection");
    }

    private static List<String> against(String pattern, List<String> objections) {
        return objections.stream()
                .filter(objection -> objection.startsWith(pattern + ": "))
                .toList();
    }

    @Test
    void aSingleInstanceIsNotReplacedInPlace() {
        assertThat(against("ROLLING", objections("production", false, "MINOR", 1)))
                .singleElement()
                .asString()
                .contains("without any");
        assertThat(against("BLUE_GREEN", objections("production", false, "MINOR", 1)))
                .isEmpty();
    }

    @Test
    void versionsThatNeedNotUnderstandEachOtherDoNotAnswerTogether() {
        assertThat(against("ROLLING", objections("production", true, "MAJOR", 3)))
                .hasSize(1);
    }

    @Test
    void anEmergencyIsTakenBackByOneSwitch() {
        assertThat(against("ROLLING", objections("production", true, "EMERGENCY", 3)))
                .singleElement()
                .asString()
                .contains("one switch");
    }

    @Test
    void whereNothingIsKeptTheFasterWayBackWins() {
        assertThat(against("ROLLING", objections("production", false, "MINOR", 3)))
                .singleElement()
                .asString()
                .contains("way back");
    }

    @Test
    void whatInstancesKeepIsNotLost() {
        assertThat(against("BLUE_GREEN", objections("production", true, "MINOR", 3)))
                .hasSize(1);
        assertThat(against("ROLLING", objections("production", true, "MINOR", 3)))
                .isEmpty();
    }

    @Test
    void developmentIsNotDoubled() {
        assertThat(against("BLUE_GREEN", objections("development", false, "MAJOR", 2)))
                .hasSize(1);
    }

    @Test
    void whatIsMissingOrUnknownSpeaksAgainstNothingButSharesOfUsers() {
        assertThat(objections(null, null, null, null))
                .singleElement()
                .asString()
                .startsWith("CANARY: ");
        assertThat(objections("moon", null, "HUGE", 5)).hasSize(1);
    }

    @AfterAll
    static void everyRuleFired() {
        assertThat(FIRED)
                .containsExactlyInAnyOrder(
                        "rule_single",
                        "rule_majorInProduction",
                        "rule_emergency",
                        "rule_slowWayBack",
                        "rule_stateful",
                        "rule_development",
                        "rule_noShares");
    }
}
