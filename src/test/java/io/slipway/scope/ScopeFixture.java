package io.slipway.scope;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Items for tests of the processes, as the module would make them. */
public final class ScopeFixture {

    private ScopeFixture() {}

    /** An item that is in. */
    public static ScopeItem in(String key, String title) {
        return decided(key, title, true, "chosen: value 10");
    }

    /** An item that is left out. */
    public static ScopeItem out(String key, String title) {
        return decided(key, title, false, "left out: has no value of its own");
    }

    /** A negotiation that waits for answers. */
    public static TradeOffs.Standing tradeOff() {
        return new TradeOffs.Standing(
                1,
                1,
                "The capacity of 10 person days is too small.",
                List.of(),
                1,
                false,
                null,
                Instant.parse("2026-03-02T09:00:00Z"),
                List.of(new TradeOffOption(
                        "RAISE",
                        "Raise the capacity by 3 person days",
                        13,
                        null,
                        List.of("LAW", "LIMIT"),
                        List.of(),
                        false,
                        2,
                        13,
                        1,
                        "Value 2 (+1), 13 of 13 person days.")),
                List.of("p-olga", TradeOffs.ANY_OWNER),
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    private static ScopeItem decided(String key, String title, boolean in, String reason) {
        ScopeItem item = new ScopeItem(
                new ScopeRound.Id(new UUID(0, 240), 1),
                1,
                new NewItem(key, title, ItemKind.FEATURE, 10, 3, 2, false, false, List.of()));
        item.decide(in, reason);
        return item;
    }
}
