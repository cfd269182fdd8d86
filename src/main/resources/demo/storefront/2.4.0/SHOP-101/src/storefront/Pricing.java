package storefront;

import java.util.List;

/** What orders cost. */
final class Pricing {

    private Pricing() {}

    static long totalCents(List<Order.Line> lines) {
        return lines.stream().mapToLong(Pricing::cents).sum();
    }

    private static long cents(Order.Line line) {
        return line.product().cents() * line.quantity();
    }
}
