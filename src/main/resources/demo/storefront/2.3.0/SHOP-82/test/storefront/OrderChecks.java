package storefront;

import static storefront.Checks.same;

import java.net.http.HttpResponse;
import java.util.Map;

/** Orders and what they cost. */
final class OrderChecks {

    private OrderChecks() {}

    static void run(Checks checks, Shop shop) {
        checks.check(OrderChecks.class, "takes an order and shows it", () -> {
            HttpResponse<String> answer = shop.post("/orders", order("P-100", 2));
            same(201, answer.statusCode());
            String location = answer.headers().firstValue("Location").orElse("");
            same(answer.body(), shop.get(location).body());
        });
        checks.check(OrderChecks.class, "adds up an order", () -> same("23.80", total(shop, order("P-100", 2))));
        checks.check(
                OrderChecks.class,
                "refuses an order without lines",
                () -> same(400, shop.post("/orders", "{\"lines\":[]}").statusCode()));
        checks.check(
                OrderChecks.class,
                "refuses an unknown product",
                () -> same(400, shop.post("/orders", order("P-999", 1)).statusCode()));
        checks.check(
                OrderChecks.class,
                "refuses what is not JSON",
                () -> same(400, shop.post("/orders", "{\"lines\":").statusCode()));
        checks.check(
                OrderChecks.class,
                "tells that an order is unknown",
                () -> same(404, shop.get("/orders/O-0/total").statusCode()));
    }

    static String order(String product, int quantity) {
        return "{\"lines\":[{\"product\":\"%s\",\"quantity\":%d}]}".formatted(product, quantity);
    }

    static Object total(Shop shop, String order) throws Exception {
        return costs(shop, order).get("total");
    }

    static Map<?, ?> costs(Shop shop, String order) throws Exception {
        Map<?, ?> taken = (Map<?, ?>) Json.read(shop.post("/orders", order).body());
        return (Map<?, ?>) Json.read(shop.get("/orders/" + taken.get("id") + "/total").body());
    }
}
