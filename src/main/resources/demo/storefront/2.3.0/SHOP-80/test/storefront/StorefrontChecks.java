package storefront;

import java.nio.file.Path;

/** Starts the shop on a free port, runs every check and writes the report to the file named by the only argument. */
public final class StorefrontChecks {

    private StorefrontChecks() {}

    public static void main(String[] args) throws Exception {
        String version = Storefront.version();
        Checks checks = new Checks("storefront-" + version);
        Server server = Server.start(0, Routes.of(version));
        Shop shop = new Shop(server.port());

        HealthChecks.run(checks, shop, version);

        server.drain();
        checks.writeReport(Path.of(args[0]));
        System.exit(checks.failed() ? 1 : 0);
    }
}
