package storefront;

import static storefront.Checks.same;

/** What caches are told. */
final class CacheChecks {

    private CacheChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(
                CacheChecks.class,
                "tells caches to keep nothing",
                () -> same("no-store", shop.get("/products").headers().firstValue("Cache-Control").orElse("")));
    }
}
