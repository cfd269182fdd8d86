package storefront;

import static storefront.Checks.same;
import static storefront.OrderChecks.costs;
import static storefront.OrderChecks.order;

/** The value-added tax that an order contains. */
final class VatChecks {

    private static final String SEVERAL =
            """
            {"lines":[{"product":"P-300","quantity":2},{"product":"P-110","quantity":3},{"product":"P-100","quantity":1}]}""";

    private VatChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(
                VatChecks.class,
                "tells 19 percent for a mug",
                () -> same("1.90", costs(shop, order("P-100", 1)).get("vat")));
        checks.check(
                VatChecks.class,
                "tells 7 percent for a book",
                () -> same("4.20", costs(shop, order("P-200", 3)).get("vat")));
        checks.check(
                VatChecks.class,
                "leaves the total as it was",
                () -> same("64.20", costs(shop, order("P-200", 3)).get("total")));
        checks.check(
                VatChecks.class,
                "leaves the total of several products as it was",
                () -> same("77.35", costs(shop, SEVERAL).get("total")));
    }
}
