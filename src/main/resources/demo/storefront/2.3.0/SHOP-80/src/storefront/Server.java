package storefront;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves pages over HTTP on the loopback address. */
final class Server {

    private static final int THREADS = 8;
    private static final int DRAIN_SECONDS = 10;
    private static final int QUIET_MILLIS = 100;

    private final HttpServer http;
    private final AtomicInteger inFlight = new AtomicInteger();

    private Server(HttpServer http) {
        this.http = http;
    }

    /** Starts on a port; 0 takes any free one. */
    static Server start(int port, Map<String, Page> routes) throws IOException {
        Server server = new Server(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        server.http.setExecutor(threads);
        server.http.createContext("/", exchange -> server.serve(exchange, routes));
        server.http.start();
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    /** Takes no new connection, and returns when the requests in flight are answered. */
    void drain() {
        Thread stop = new Thread(() -> http.stop(DRAIN_SECONDS), "stop");
        stop.setDaemon(true);
        stop.start();
        long end = System.nanoTime() + DRAIN_SECONDS * 1_000_000_000L;
        try {
            do {
                Thread.sleep(QUIET_MILLIS);
            } while (inFlight.get() > 0 && System.nanoTime() < end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, Map<String, Page> routes) throws IOException {
        inFlight.incrementAndGet();
        try (exchange) {
            Answer answer = answer(exchange, routes);
            byte[] body = Json.write(answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static Answer answer(HttpExchange exchange, Map<String, Page> routes) throws IOException {
        try {
            Request request = Request.of(exchange);
            Page page = routes.get(request.page());
            if (page == null) {
                throw new Problem(404, "there is nothing at " + exchange.getRequestURI().getPath());
            }
            return page.answer(request);
        } catch (Problem problem) {
            return problem.answer();
        } catch (RuntimeException e) {
            e.printStackTrace();
            return new Problem(500, "the shop failed to answer").answer();
        }
    }
}
