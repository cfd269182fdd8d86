package io.slipway.quality.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.slipway.Capability;
import io.slipway.release.AuditTrail;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What makes a test worth running. */
@Capability("4.2")
class TestSelectionsTest {

    private final TestSelections selections = new TestSelections(
            mock(JdbcClient.class),
            mock(JdbcTemplate.class),
            mock(Permissions.class),
            mock(Obligations.class),
            mock(AuditTrail.class),
            new SelectionSettings(10, Duration.ofSeconds(3), Duration.ofDays(7)),
            Clock.systemUTC());

    @Test
    void changedComponentsComeBeforeOthersAndFailingTestsBeforeCalmOnes() {
        TestSelection chosen = selections.chosen(
                List.of(
                        test(1, "cart", 10, 0, 2),
                        test(2, "cart", 10, 5, 2),
                        test(3, "print", 10, 5, 2),
                        test(4, "cart", 10, 0, 5)),
                2,
                Set.of("cart"));

        assertThat(chosen.chosen()).containsExactly("test 2", "test 4");
        assertThat(chosen.omitted()).containsExactly("test 1", "test 3");
        assertThat(chosen.chosenSeconds()).isEqualTo(2);
        assertThat(chosen.exact()).isTrue();
        assertThat(chosen.omittedRisk()).isBetween(1, 40);
        assertThat(chosen.sentence()).contains("2 of 4 tests", "% of the risk.");
    }

    @Test
    void leavesNothingOutWhereTheBudgetIsLargeEnough() {
        TestSelection chosen = selections.chosen(List.of(test(1, "cart", 3, 1, 2)), 60, Set.of());

        assertThat(chosen.omitted()).isEmpty();
        assertThat(chosen.omittedRisk()).isZero();
    }

    @Test
    void aComponentIsTheLastPartOfThePackage() {
        assertThat(TestSelections.component("com.acme.cart.CartTest")).isEqualTo("cart");
        assertThat(TestSelections.component("cart.CartTest")).isEqualTo("cart");
        assertThat(TestSelections.component("CartTest")).isEmpty();
    }

    private static TestCase test(long number, String component, int runs, int failures, int criticality) {
        return new TestCase(number, "test " + number, component, runs, failures, 0, 1_000, criticality);
    }
}
