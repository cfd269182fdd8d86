package storefront;

import static storefront.Checks.same;

import java.util.List;

/** The products of one category. */
final class CategoryChecks {

    private CategoryChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(CategoryChecks.class, "shows one category", () -> same(2, count(shop, "clothes")));
        checks.check(CategoryChecks.class, "shows nothing of an unknown category", () -> same(0, count(shop, "cars")));
    }

    private static int count(Shop shop, String category) throws Exception {
        return ((List<?>) Json.read(shop.get("/products?category=" + category).body())).size();
    }
}
