package io.slipway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.platform.process.RuleTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;

@Capability("2.6")
class LockdownProposalDecisionTest {

    private static final Set<String> FIRED = new HashSet<>();
    private static final RuleTable TABLE = table();

    private static RuleTable table() {
        try (InputStream in = new ClassPathResource("bpmn/schedule/lockdown-proposal.dmn").getInputStream()) {
            return RuleTable.read("lockdown-proposal", 1, "digest", in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "{0} grave, {1} serious, {2} systems: {3} by {4}")
    @CsvSource(
            nullValues = "unknown",
            value = {
                "1, 0, 2, ALL, rule_many",
                "0, 0, 2, ALL, rule_many",
                "1, 0, 1, SYSTEM, rule_grave",
                "0, 3, 1, SYSTEM, rule_crowd",
                "0, 2, 1, NONE, rule_calm",
                "0, 0, 0, NONE, rule_calm",
                "unknown, 0, 0, SYSTEM, rule_unknown",
                "0, unknown, 0, SYSTEM, rule_unknown",
                "0, 0, unknown, SYSTEM, rule_unknown"
            })
    void proposesBySeverity(
            @Nullable Integer grave, @Nullable Integer serious, @Nullable Integer systems, String scope, String rule) {
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("graveIncidents", grave);
        facts.put("seriousIncidents", serious);
        facts.put("gravelyDisturbedSystems", systems);

        RuleTable.Fired fired = TABLE.evaluate(facts).orElseThrow();

        assertThat(fired.value()).isEqualTo(scope);
        assertThat(fired.rule()).isEqualTo(rule);
        assertThat(fired.because()).isNotEmpty();
        FIRED.add(fired.rule());
    }

    @AfterAll
    static void everyRuleFired() {
        assertThat(FIRED)
                .containsExactlyInAnyOrder("rule_many", "rule_grave", "rule_crowd", "rule_calm", "rule_unknown");
    }
}
