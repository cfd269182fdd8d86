package storefront;

import static storefront.Checks.same;

import java.util.List;
import java.util.Map;

/** The order in which products are shown. */
final class SortChecks {

    private SortChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(SortChecks.class, "shows the cheapest first", () -> same("P-310", first(shop, "/products?sort=price")));
        checks.check(SortChecks.class, "keeps the shop's own order", () -> same("P-100", first(shop, "/products")));
    }

    private static Object first(Shop shop, String path) throws Exception {
        List<?> products = (List<?>) Json.read(shop.get(path).body());
        return ((Map<?, ?>) products.get(0)).get("id");
    }
}
