package storefront;

import static storefront.Checks.same;

import java.util.List;
import java.util.Map;

/** The products on sale. */
final class ProductChecks {

    private ProductChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(ProductChecks.class, "lists all products", () -> {
            List<?> products = (List<?>) Json.read(shop.get("/products").body());
            same(new Catalog().all().size(), products.size());
        });
        checks.check(ProductChecks.class, "shows one product", () -> {
            Map<?, ?> mug = (Map<?, ?>) Json.read(shop.get("/products/P-100").body());
            same("Mug", mug.get("name"));
            same("11.90", mug.get("price"));
        });
        checks.check(
                ProductChecks.class,
                "tells that a product is unknown",
                () -> same(404, shop.get("/products/P-999").statusCode()));
    }
}
