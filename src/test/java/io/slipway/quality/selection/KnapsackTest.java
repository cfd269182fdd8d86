package io.slipway.quality.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The choice under a budget is the best there is, or says how far from it. */
@Capability("4.2")
class KnapsackTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void takesTwoThatFitTogetherInPlaceOfTheDensest() {
        Knapsack.Choice choice = Knapsack.choose(List.of(item(1, 6, 7), item(2, 5, 5), item(3, 5, 5)), 10, PATIENCE);

        assertThat(choice.ids()).containsExactlyInAnyOrder(2L, 3L);
        assertThat(choice.worth()).isEqualTo(10);
        assertThat(choice.exact()).isTrue();
    }

    @Test
    void findsWhatTryingEverythingFinds() {
        Random random = new Random(42);
        for (int round = 0; round < 20; round++) {
            List<Knapsack.Item> items = new ArrayList<>();
            for (int id = 0; id < 12; id++) {
                items.add(item(id, 1 + random.nextInt(40), 1 + random.nextInt(50)));
            }
            int budget = 10 + random.nextInt(120);

            Knapsack.Choice choice = Knapsack.choose(items, budget, PATIENCE);

            assertThat(choice.worth()).isEqualTo(bruteForce(items, budget));
            assertThat(choice.exact()).isTrue();
            assertThat(items.stream()
                            .filter(item -> choice.ids().contains(item.id()))
                            .mapToInt(Knapsack.Item::weight)
                            .sum())
                    .isLessThanOrEqualTo(budget);
        }
    }

    @Test
    void boundsWhatItHasNoTimeToProve() {
        List<Knapsack.Item> items = LongStream.range(0, 2_000)
                .mapToObj(id -> item(id, 7 + (int) (id % 13), 20 + (int) (id % 17)))
                .toList();

        Knapsack.Choice choice = Knapsack.choose(items, 5_000, Duration.ofMillis(300));

        assertThat(choice.worth()).isPositive().isLessThanOrEqualTo(choice.most());
        assertThat(choice.most() - choice.worth()).as("nearly the best").isLessThan(choice.most() / 50);
    }

    @Test
    void takesNothingWhereNothingFits() {
        assertThat(Knapsack.choose(List.of(item(1, 6, 7)), 5, PATIENCE).ids()).isEmpty();
        assertThat(Knapsack.choose(List.of(), 5, PATIENCE).exact()).isTrue();
    }

    private static long bruteForce(List<Knapsack.Item> items, int budget) {
        long best = 0;
        for (int bits = 0; bits < 1 << items.size(); bits++) {
            int weight = 0;
            long worth = 0;
            for (int index = 0; index < items.size(); index++) {
                if ((bits & (1 << index)) != 0) {
                    weight += items.get(index).weight();
                    worth += items.get(index).worth();
                }
            }
            if (weight <= budget) {
                best = Math.max(best, worth);
            }
        }
        return best;
    }

    private static Knapsack.Item item(long id, int weight, int worth) {
        return new Knapsack.Item(id, weight, worth);
    }
}
