package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.RuleTable;
import io.slipway.release.Urgency;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Capability("1.3")
class ClassReasonTest {

    /** Major with a breaking item or a risk of 4, else minor. */
    private static RuleTable table() {
        RuleTable table = mock(RuleTable.class);
        when(table.evaluate(any()))
                .thenAnswer(
                        asked -> Optional.of(new RuleTable.Fired(given(asked.getArgument(0)), "rule_x", "Because.")));
        return table;
    }

    private static String given(Map<String, Object> facts) {
        return number(facts, "breakingItems") > 0 || number(facts, "highestRisk") >= 4 ? "MAJOR" : "MINOR";
    }

    private static int number(Map<String, Object> facts, String name) {
        return Integer.parseInt(String.valueOf(facts.get(name)));
    }

    @Test
    void namesTheRuleAndTheFactThatIsNearestToAnotherClass() {
        ClassReason major = ClassReason.of(new ClassFacts(Urgency.NORMAL, 2, 1, false, 5, 2), table());
        assertThat(major.rule()).isEqualTo("rule_x: Because.");
        assertThat(major.nearest()).isEqualTo("breaking items 0 instead of 2 would make it MINOR");

        ClassReason minor = ClassReason.of(new ClassFacts(Urgency.NORMAL, 0, 3, false, 5, 2), table());
        assertThat(minor.nearest()).isEqualTo("breaking items 1 instead of 0 would make it MAJOR");
    }

    @Test
    void saysSoWhenNoSingleFactWouldChangeIt() {
        ClassReason stuck = ClassReason.of(new ClassFacts(Urgency.NORMAL, 1, 5, false, 5, 2), table());
        assertThat(stuck.nearest()).isEqualTo("no single fact would change it");
    }
}
