package io.slipway.platform.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Capability("1.3")
@SuppressWarnings("NullAway.Init")
class RuleTableTest {

    private RuleTable table;

    @BeforeEach
    void openTheTableOfClasses() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(getClass().getResourceAsStream("/bpmn/scope/release-class.dmn"))) {
            table = RuleTable.read("release-class", 1, "digest", file);
        }
    }

    private static Map<String, Object> facts(int breaking, int risk) {
        return Map.of(
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
                2);
    }

    @Test
    void namesTheFirstRuleThatFits() {
        assertThat(table.evaluate(facts(1, 5)))
                .contains(
                        new RuleTable.Fired("MAJOR", "rule_breaking", "A breaking change asks its consumers to act."));
        assertThat(table.evaluate(facts(0, 5)).map(RuleTable.Fired::rule)).contains("rule_highRisk");
        assertThat(table.evaluate(facts(0, 1)).map(RuleTable.Fired::value)).contains("MINOR");
    }

    @Test
    void answersEveryThreadForItsOwnFacts() {
        List<Object> answers = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> table.evaluate(facts(i % 2, 1))
                        .map(RuleTable.Fired::value)
                        .orElseThrow())
                .toList();

        assertThat(answers)
                .isEqualTo(IntStream.range(0, 2_000)
                        .<Object>mapToObj(i -> i % 2 == 0 ? "MINOR" : "MAJOR")
                        .toList());
    }
}
