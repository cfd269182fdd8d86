package storefront;

import static storefront.Checks.same;

/** Health, version, and the answers to wrong requests. */
final class HealthChecks {

    private HealthChecks() {}

    static void run(Checks checks, Shop shop, String version) {
        checks.check(HealthChecks.class, "tells that it is up", () -> {
            same(200, shop.get("/health").statusCode());
            same(
                    "{\"status\":\"UP\",\"version\":\"" + version + "\"}",
                    shop.get("/health").body());
        });
        checks.check(
                HealthChecks.class,
                "tells its version",
                () -> same("{\"version\":\"" + version + "\"}", shop.get("/version").body()));
        checks.check(
                HealthChecks.class,
                "knows no other page",
                () -> same(404, shop.get("/nowhere").statusCode()));
        checks.check(
                HealthChecks.class,
                "offers no other method",
                () -> same(405, shop.post("/health", "{}").statusCode()));
    }
}
