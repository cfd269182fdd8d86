package storefront;

import java.util.Map;

/** Which page answers which path. */
final class Routes {

    private Routes() {}

    static Map<String, Page> of(String version) {
        return Map.of(
                "health", new HealthPage(version),
                "version", new VersionPage(version));
    }
}
