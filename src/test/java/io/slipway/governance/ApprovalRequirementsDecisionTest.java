package io.slipway.governance;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Which groups must approve, rule by rule. */
@Capability("8.1")
class ApprovalRequirementsDecisionTest {

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
        try (InputStream in = ApprovalRequirementsDecisionTest.class.getResourceAsStream(
                "/bpmn/governance/approval-requirements.dmn")) {
            if (in == null) {
                throw new IOException("The decision is not on the class path");
            }
            return ENGINE.parseDecision("approval-requirements", in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> groups(
            @Nullable String releaseClass, @Nullable String riskLevel, @Nullable Boolean dataMigration) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("releaseClass", releaseClass);
        facts.put("riskLevel", riskLevel);
        facts.put("dataMigration", dataMigration);
        DmnDecisionResult result = ENGINE.evaluateDecision(DECISION, new HashMap<String, Object>(facts));
        return result.<String>collectEntries("approvalGroup").stream().sorted().toList();
    }

    @Test
    void aMinorChangeOfLowRiskNeedsTheChangeAuthorityAlone() {
        assertThat(groups("MINOR", "LOW", false)).containsExactly("change-authority");
        assertThat(groups("MINOR", "MODERATE", false)).containsExactly("change-authority");
    }

    @Test
    void aMajorChangeNeedsTheBoardToo() {
        assertThat(groups("MAJOR", "LOW", false)).containsExactly("cab-member", "change-authority");
    }

    @Test
    void aHighRiskNeedsSecurityToo() {
        assertThat(groups("MINOR", "HIGH", false)).containsExactly("change-authority", "security");
    }

    @Test
    void migratedDataNeedItsKeeperToo() {
        assertThat(groups("MINOR", "LOW", true)).containsExactly("change-authority", "dba");
        assertThat(groups("MAJOR", "HIGH", true)).containsExactly("cab-member", "change-authority", "dba", "security");
    }

    @Test
    void anEmergencyNeedsTheChangeAuthorityAlone() {
        assertThat(groups("EMERGENCY", "HIGH", true)).containsExactly("change-authority");
        assertThat(groups("EMERGENCY", null, null)).containsExactly("change-authority");
    }

    @Test
    void whatIsNotKnownCountsAsTheWorst() {
        List<String> all = List.of("cab-member", "change-authority", "dba", "security");
        assertThat(groups(null, null, null)).isEqualTo(all);
        assertThat(groups("SOMETHING", "SOMETHING", null)).isEqualTo(all);
        assertThat(ENGINE.evaluateDecision(DECISION, Map.of()).<String>collectEntries("approvalGroup"))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    private static List<String> standard(String releaseClass, String riskLevel, boolean dataMigration) {
        return ENGINE
                .evaluateDecision(
                        DECISION,
                        Map.of(
                                "releaseClass",
                                releaseClass,
                                "riskLevel",
                                riskLevel,
                                "dataMigration",
                                dataMigration,
                                "standardChange",
                                true))
                .<String>collectEntries("approvalGroup")
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void aTemplateAuthorisesAMinorChangeOfNoHighRiskAndNothingElse() {
        assertThat(standard("MINOR", "LOW", false)).containsExactly("standard-change");
        assertThat(standard("MINOR", "MODERATE", false)).containsExactly("standard-change");
        assertThat(standard("MINOR", "HIGH", false)).containsExactly("change-authority", "security");
        assertThat(standard("MAJOR", "LOW", false)).containsExactly("cab-member", "change-authority");
        assertThat(standard("EMERGENCY", "LOW", false)).containsExactly("change-authority");
        assertThat(standard("MINOR", "LOW", true)).contains("dba");
    }

    @AfterAll
    static void everyRuleFired() {
        assertThat(FIRED)
                .containsExactlyInAnyOrder(
                        "rule_emergency",
                        "rule_always",
                        "rule_board",
                        "rule_security",
                        "rule_database",
                        "rule_databaseUnknown",
                        "rule_standard",
                        "rule_standardRisky",
                        "rule_standardOther");
    }
}
