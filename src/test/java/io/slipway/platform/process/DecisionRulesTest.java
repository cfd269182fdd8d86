package io.slipway.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.slipway.Capability;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.dmn.Dmn;
import org.junit.jupiter.api.Test;

@Capability("1.3")
class DecisionRulesTest {

    private final DecisionRules.Table table = new DecisionRules(
                    mock(ModelVersions.class), mock(RepositoryService.class), mock(EngineAccess.class))
            .table(
                    Dmn.readModelFromStream(getClass().getResourceAsStream("/bpmn/scope/release-class.dmn")),
                    "release-class");

    private static Map<String, Object> facts(int breaking, int risk) {
        return new HashMap<>(Map.of(
                "urgency",
                "NORMAL",
                "breakingItems",
                breaking,
                "highestRisk",
                risk,
                "dataMigration",
                false,
                "effortTotal",
                5,
                "usersAffected",
                2));
    }

    @Test
    void namesTheFirstRuleThatFits() {
        assertThat(table.fired(facts(1, 5))).hasValueSatisfying(fired -> {
            assertThat(fired.id()).isEqualTo("rule_breaking");
            assertThat(fired.description()).isEqualTo("A breaking change asks its consumers to act.");
            assertThat(fired.answer()).isEqualTo("MAJOR");
        });
        assertThat(table.fired(facts(0, 5)).map(DecisionRules.Fired::id)).contains("rule_highRisk");
        assertThat(table.answer(facts(0, 1))).contains("MINOR");
    }
}
