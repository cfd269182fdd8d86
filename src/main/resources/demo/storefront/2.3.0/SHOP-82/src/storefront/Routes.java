package storefront;

import java.util.Map;

/** Which page answers which path. */
final class Routes {

    private Routes() {}

    static Map<String, Page> of(String version) {
        Catalog catalog = new Catalog();
        return Map.of(
                "health", new HealthPage(version),
                "version", new VersionPage(version),
                "products", new ProductsPage(catalog),
                "orders", new OrdersPage(catalog, new Orders()));
    }
}
