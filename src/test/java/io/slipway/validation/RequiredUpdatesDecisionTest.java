package io.slipway.validation;

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

/** What operations has to bring up to date because of what a release changes, rule by rule. */
@Capability("7.5")
class RequiredUpdatesDecisionTest {

    private static final List<String> FACTS =
            List.of("newSystem", "dataMigration", "configurationChanged", "dependencyChanged", "componentAdded");
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
                RequiredUpdatesDecisionTest.class.getResourceAsStream("/bpmn/validation/required-updates.dmn")) {
            if (in == null) {
                throw new IOException("The decision is not on the class path");
            }
            return ENGINE.parseDecision("required-updates", in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> required(String... so) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        FACTS.forEach(fact -> facts.put(fact, List.of(so).contains(fact)));
        return evaluated(facts);
    }

    private static Set<String> evaluated(Map<String, @Nullable Object> facts) {
        return new TreeSet<>(ENGINE.evaluateDecision(DECISION, new HashMap<String, Object>(facts))
                .collectEntries("requiredUpdate"));
    }

    @Test
    void aChangeOfNothingRequiresNothing() {
        assertThat(required()).isEmpty();
    }

    @Test
    void aNewSystemRequiresEverything() {
        assertThat(required("newSystem")).containsExactly("BACKUP", "MONITORING", "RUNBOOK");
    }

    @Test
    void aMigrationRequiresBackupAndRunbook() {
        assertThat(required("dataMigration")).containsExactly("BACKUP", "RUNBOOK");
    }

    @Test
    void settingsDependenciesAndComponentsRequireWhatWatchesAndExplainsThem() {
        assertThat(required("configurationChanged")).containsExactly("RUNBOOK");
        assertThat(required("dependencyChanged")).containsExactly("MONITORING");
        assertThat(required("componentAdded")).containsExactly("MONITORING", "RUNBOOK");
    }

    @Test
    void whatNobodyTellsCountsAsSo() {
        Map<String, @Nullable Object> unknown = new HashMap<>();
        FACTS.forEach(fact -> unknown.put(fact, null));
        assertThat(evaluated(unknown)).containsExactly("BACKUP", "MONITORING", "RUNBOOK");
    }

    @AfterAll
    static void everyRuleFired() {
        assertThat(FIRED)
                .containsExactlyInAnyOrder(
                        "rule_newSystemRunbook",
                        "rule_newSystemMonitoring",
                        "rule_newSystemBackup",
                        "rule_dataMigrationRunbook",
                        "rule_dataMigrationBackup",
                        "rule_configurationChangedRunbook",
                        "rule_dependencyChangedMonitoring",
                        "rule_componentAddedMonitoring",
                        "rule_componentAddedRunbook");
    }
}
