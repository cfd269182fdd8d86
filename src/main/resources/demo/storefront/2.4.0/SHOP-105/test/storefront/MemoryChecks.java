package storefront;

import static storefront.Checks.same;

import java.util.List;

/** Old orders make room for new ones. */
final class MemoryChecks {

    private MemoryChecks() {}

    static void run(Checks checks) {
        checks.check(MemoryChecks.class, "forgets the oldest order only", () -> {
            Orders orders = new Orders();
            for (int i = 0; i <= Orders.KEPT; i++) {
                orders.add(List.of());
            }
            same(false, orders.find("O-1").isPresent());
            same(true, orders.find("O-2").isPresent());
        });
    }
}
