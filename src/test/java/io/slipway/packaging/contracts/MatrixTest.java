package io.slipway.packaging.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.integration.contracts.Contract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Capability("3.4")
class MatrixTest {

    private static long next = 1;

    /** Version 2 of the shop needs version 2 of the stock; version 2 of the stock still serves version 1 of the shop. */
    private final Matrix matrix = new Matrix(List.of(
            works("shop", "1.0.0", "2.0.0", "stock", "1.0.0", null),
            works("shop", "2.0.0", null, "stock", "2.0.0", null),
            broken("shop", "2.0.0", null, "stock", "1.0.0", "2.0.0")));

    private final Map<String, String> now = Map.of("shop", "1.4.0", "stock", "1.9.0");
    private final Matrix.Step shop = new Matrix.Step("shop", "2.0.0");
    private final Matrix.Step stock = new Matrix.Step("stock", "2.0.0");

    @Test
    void looksAtEveryStateAndNotAtTheEndAlone() {
        assertThat(matrix.walk(now, List.of(shop, stock)))
                .extracting(Matrix.State::compatible)
                .containsExactly(true, false, true);
        assertThat(matrix.walk(now, List.of(stock, shop)))
                .extracting(Matrix.State::compatible)
                .containsExactly(true, true, true);
        assertThat(matrix.walk(now, List.of(shop, stock)).get(1).problems())
                .containsExactly("shop 2.0.0 with stock 1.9.0 does not work: Run 17");
    }

    @Test
    void proposesAnOrderInWhichEveryStateWorks() {
        assertThat(matrix.safeOrder(now, List.of(shop, stock))).hasValue(List.of(stock, shop));
        assertThat(matrix.safeOrder(now, List.of(shop))).isEmpty();
    }

    @Test
    void theRollbackInTheSameOrderIsAnotherWay() {
        Map<String, String> end = Map.of("shop", "2.0.0", "stock", "2.0.0");
        Matrix.Step shopBack = new Matrix.Step("shop", "1.4.0");
        Matrix.Step stockBack = new Matrix.Step("stock", "1.9.0");

        assertThat(matrix.walk(end, List.of(stockBack, shopBack)).get(1).compatible())
                .isFalse();
        assertThat(matrix.walk(end, List.of(shopBack, stockBack)).get(1).compatible())
                .isTrue();
    }

    @Test
    void unknownIsNotCompatible() {
        assertThat(matrix.problems(Map.of("shop", "0.9.0", "stock", "1.0.0")))
                .singleElement()
                .asString()
                .contains("never verified");
    }

    @Test
    void aConsumerNeedsItsProviderToRun() {
        assertThat(matrix.problems(Map.of("shop", "1.0.0", "mail", "7.0.0")))
                .containsExactly("shop 1.0.0 needs stock, which does not run at this point; please deploy it before.");
        assertThat(matrix.problems(Map.of("shop", "2.4.0")))
                .singleElement()
                .asString()
                .contains("needs stock");
        assertThat(matrix.problems(Map.of("shop", "0.9.0")))
                .singleElement()
                .asString()
                .contains("was never verified without stock");
        assertThat(matrix.problems(Map.of("stock", "1.0.0", "mail", "7.0.0")))
                .as("a provider needs none of its consumers")
                .isEmpty();
    }

    @Test
    void aProviderThatIsNewComesBeforeItsConsumer() {
        assertThat(matrix.walk(Map.of(), List.of(shop, stock)))
                .extracting(Matrix.State::compatible)
                .containsExactly(true, false, true);
        assertThat(matrix.safeOrder(Map.of(), List.of(shop, stock))).hasValue(List.of(stock, shop));
        assertThat(matrix.safeOrder(Map.of(), List.of(shop))).isEmpty();
    }

    @Test
    void aPreReleaseIsNoRelease() {
        assertThat(matrix.problems(Map.of("shop", "2.0.0-rc.1", "stock", "2.0.0")))
                .isEmpty();
        assertThat(matrix.problems(Map.of("shop", "2.0.0", "stock", "2.0.0-rc.1")))
                .hasSize(1);
    }

    @Test
    void findsTheOneOrderAmongMany() {
        List<Contract> chain = new java.util.ArrayList<>();
        List<Matrix.Step> steps = new java.util.ArrayList<>();
        Map<String, String> running = new java.util.TreeMap<>();
        for (int index = 0; index < 8; index++) {
            running.put("s" + index, "1.0.0");
            steps.add(new Matrix.Step("s" + index, "2.0.0"));
            if (index > 0) {
                chain.add(works("s" + index, "1.0.0", "2.0.0", "s" + (index - 1), "1.0.0", null));
                chain.add(works("s" + index, "2.0.0", null, "s" + (index - 1), "2.0.0", null));
            }
        }
        List<Matrix.Step> wrong = new java.util.ArrayList<>(steps);
        java.util.Collections.reverse(wrong);

        assertThat(new Matrix(chain).safeOrder(running, wrong)).hasValue(steps);
    }

    private static Contract works(
            String consumer,
            String from,
            @org.jspecify.annotations.Nullable String below,
            String provider,
            String providerFrom,
            @org.jspecify.annotations.Nullable String providerBelow) {
        return contract(consumer, from, below, provider, providerFrom, providerBelow, true);
    }

    private static Contract broken(
            String consumer,
            String from,
            @org.jspecify.annotations.Nullable String below,
            String provider,
            String providerFrom,
            @org.jspecify.annotations.Nullable String providerBelow) {
        return contract(consumer, from, below, provider, providerFrom, providerBelow, false);
    }

    private static Contract contract(
            String consumer,
            String from,
            @org.jspecify.annotations.Nullable String below,
            String provider,
            String providerFrom,
            @org.jspecify.annotations.Nullable String providerBelow,
            boolean works) {
        return new Contract(
                next++,
                consumer,
                from,
                Optional.ofNullable(below),
                provider,
                providerFrom,
                Optional.ofNullable(providerBelow),
                works,
                "Run 17",
                "p-dora",
                Instant.EPOCH);
    }
}
