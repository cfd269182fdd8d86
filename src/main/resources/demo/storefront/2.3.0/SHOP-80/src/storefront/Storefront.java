package storefront;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Starts the shop on the port that the environment variable PORT names. */
public final class Storefront {

    private Storefront() {}

    public static void main(String[] args) throws IOException {
        // Headers and body leave in one go instead of waiting for the acknowledgement of the headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        String version = version();
        Server server = Server.start(port(), Routes.of(version));
        Runtime.getRuntime().addShutdownHook(new Thread(server::drain, "drain"));
        System.out.println("storefront " + version + " listens on 127.0.0.1:" + server.port());
    }

    static String version() throws IOException {
        try (InputStream in = Storefront.class.getResourceAsStream("/VERSION")) {
            if (in == null) {
                throw new IllegalStateException("the file VERSION is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        }
    }

    private static int port() {
        String port = System.getenv("PORT");
        if (port == null || !port.matches("[0-9]{1,5}")) {
            throw new IllegalStateException("PORT must name the port to listen on");
        }
        return Integer.parseInt(port);
    }
}
