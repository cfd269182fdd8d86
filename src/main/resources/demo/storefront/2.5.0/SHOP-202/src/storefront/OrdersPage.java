package storefront;

import java.util.List;
import java.util.Map;

/** Takes an order, shows one, and tells what it costs. */
record OrdersPage(Catalog catalog, Orders orders) implements Page {

    private static final long MAX_QUANTITY = 1_000;

    @Override
    public Answer answer(Request request) {
        List<String> path = request.path();
        if (path.size() == 1 && request.method().equals("POST")) {
            Order order = orders.add(lines(Json.read(request.body())));
            return new Answer(201, toJson(order), Map.of("Location", "/orders/" + order.id()));
        }
        if (path.size() == 1 || !request.isGet()) {
            throw Problem.methodNotAllowed();
        }
        Order order = orders.find(path.get(1)).orElseThrow(() -> new Problem(404, "there is no order " + path.get(1)));
        if (path.size() == 2) {
            return Answer.ok(toJson(order));
        }
        if (path.size() == 3 && path.get(2).equals("total")) {
            return Answer.ok(total(order));
        }
        throw new Problem(404, "an order has no such part");
    }

    private static Map<String, Object> toJson(Order order) {
        return Json.object(
                "id", order.id(),
                "lines", order.lines().stream().map(Order.Line::toJson).toList(),
                "total", Money.text(order.price().total()));
    }

    private static Map<String, Object> total(Order order) {
        Pricing.Price price = order.price();
        return Json.object(
                "order", order.id(),
                "currency", "EUR",
                "total", Money.text(price.total()),
                "vat", Money.text(price.vat()));
    }

    private List<Order.Line> lines(Object body) {
        if (body instanceof Map<?, ?> order && order.get("lines") instanceof List<?> lines && !lines.isEmpty()) {
            return lines.stream().map(this::line).toList();
        }
        throw new Problem(400, "an order needs lines");
    }

    private Order.Line line(Object element) {
        if (element instanceof Map<?, ?> line
                && line.get("product") instanceof String id
                && line.get("quantity") instanceof Long quantity
                && quantity >= 1
                && quantity <= MAX_QUANTITY) {
            Product product = catalog.find(id).orElseThrow(() -> new Problem(400, "there is no product " + id));
            return new Order.Line(product, quantity);
        }
        throw new Problem(400, "a line needs a product and a quantity from 1 to " + MAX_QUANTITY);
    }
}
