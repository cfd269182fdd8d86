package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Capability("1.2")
class TradeOffOptionTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private static NewItem item(String key, ItemKind kind, int value, int effort, int risk) {
        return new NewItem(key, "Item " + key, kind, value, effort, risk, false, false, List.of());
    }

    /** A fix of 4 days has to be in beside 8 days that were proposed, and there are 10. */
    private static List<TradeOffOption> options(TradeOffOption.Counter... counters) {
        List<NewItem> items = List.of(
                item("FIX", ItemKind.PATCH, 1, 4, 2),
                item("BIG", ItemKind.FEATURE, 60, 5, 4),
                item("SMALL", ItemKind.FEATURE, 40, 3, 1));
        return TradeOffOption.computed(
                new TradeOffOption.Ground(
                        items,
                        Set.of("BIG", "SMALL"),
                        Set.of(),
                        Set.of("FIX"),
                        new Proposal.Terms(Set.of(), Set.of(), 10, TODAY.plusDays(90), Duration.ofSeconds(5)),
                        null,
                        TODAY,
                        2),
                List.of(counters));
    }

    private static TradeOffOption option(String key, List<TradeOffOption> options) {
        return options.stream()
                .filter(option -> option.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void computesFourWaysOutWithTheirEffect() {
        List<TradeOffOption> options = options();

        assertThat(options).extracting(TradeOffOption::key).containsExactly("DROP", "DEFER", "MOVE", "RAISE");
        TradeOffOption drop = option("DROP", options);
        assertThat(drop.in()).containsExactly("FIX", "BIG");
        assertThat(drop.out()).containsExactly("SMALL");
        assertThat(drop.effect())
                .isEqualTo("Value 61 (-39), 9 of 10 person days, date unchanged, highest risk 4 (now 4); out: SMALL.");
        assertThat(option("DEFER", options).deferred()).isTrue();
        TradeOffOption move = option("MOVE", options);
        assertThat(move.target()).isEqualTo("2026-03-03");
        assertThat(move.capacity()).isEqualTo(12);
        assertThat(move.in()).containsExactly("FIX", "BIG", "SMALL");
        TradeOffOption raise = option("RAISE", options);
        assertThat(raise.capacity()).isEqualTo(12);
        assertThat(raise.label()).isEqualTo("Raise the capacity by 2 person days");
        assertThat(raise.effect())
                .isEqualTo("Value 101 (+1), 12 of 12 person days, date unchanged, highest risk 4 (now 4).");
    }

    @Test
    void computesACounterOfferAsAFurtherOption() {
        TradeOffOption counter = option("COUNTER_1", options(new TradeOffOption.Counter(7, TODAY.plusDays(1))));

        assertThat(counter.capacity()).isEqualTo(9);
        assertThat(counter.target()).isEqualTo("2026-03-03");
        assertThat(counter.in()).containsExactly("FIX", "BIG");
    }
}
