package io.slipway.scope;

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

    private static ScopeItem decided(String key, String title, boolean in, String reason) {
        ScopeItem item = new ScopeItem(
                new ScopeRound.Id(new UUID(0, 240), 1),
                1,
                new NewItem(key, title, ItemKind.FEATURE, 10, 3, 2, false, false, List.of()));
        item.decide(in, reason);
        return item;
    }
}
