package storefront;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The orders taken since the start, kept in memory. */
final class Orders {

    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    Order add(List<Order.Line> lines) {
        Order order = new Order("O-" + last.incrementAndGet(), List.copyOf(lines));
        orders.put(order.id(), order);
        return order;
    }

    Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
