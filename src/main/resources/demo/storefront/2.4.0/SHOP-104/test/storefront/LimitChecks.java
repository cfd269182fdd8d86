package storefront;

import static storefront.Checks.same;

/** What is too large is refused. */
final class LimitChecks {

    private LimitChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(
                LimitChecks.class,
                "refuses a large body",
                () -> same(413, shop.post("/orders", " ".repeat(16 * 1024 + 1)).statusCode()));
        checks.check(
                LimitChecks.class,
                "reads a body of the largest size",
                () -> same(400, shop.post("/orders", " ".repeat(16 * 1024)).statusCode()));
    }
}
