package storefront;

import static storefront.Checks.same;
import static storefront.OrderChecks.order;
import static storefront.OrderChecks.total;

/** Ten and more pieces of a product cost less. */
final class DiscountChecks {

    private DiscountChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(
                DiscountChecks.class,
                "nine pieces cost the full price",
                () -> same("107.10", total(shop, order("P-100", 9))));
        checks.check(
                DiscountChecks.class,
                "ten pieces cost a tenth less",
                () -> same("107.10", total(shop, order("P-100", 10))));
    }
}
