package storefront;

import java.util.List;

/** What orders cost. */
final class Pricing {

    private static final long MANY = 10;
    private static final long PERCENT_FOR_MANY = 90;

    private Pricing() {}

    static long totalCents(List<Order.Line> lines) {
        return lines.stream().mapToLong(Pricing::cents).sum();
    }

    private static long cents(Order.Line line) {
        long full = line.product().cents() * line.quantity();
        // Half a cent is rounded up.
        return line.quantity() < MANY ? full : (full * PERCENT_FOR_MANY + 50) / 100;
    }
}
