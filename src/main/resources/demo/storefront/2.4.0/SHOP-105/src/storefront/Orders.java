package storefront;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest orders, kept in memory. */
final class Orders {

    static final int KEPT = 1_000;

    private final Map<String, Order> orders = new LinkedHashMap<>();
    private long last;

    synchronized Order add(List<Order.Line> lines) {
        last++;
        Order order = new Order("O-" + last, List.copyOf(lines));
        orders.put(order.id(), order);
        orders.remove("O-" + (last - KEPT));
        return order;
    }

    synchronized Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
