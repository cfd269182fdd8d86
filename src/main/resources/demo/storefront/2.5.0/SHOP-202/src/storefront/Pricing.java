package storefront;

import java.util.List;

/** What orders cost, and the value-added tax in it. */
final class Pricing {

    private static final long MANY = 10;
    private static final long PERCENT_FOR_MANY = 90;

    private Pricing() {}

    /** A net amount and the tax on it, in cents. */
    record Price(long net, long vat) {

        Price plus(Price other) {
            return new Price(net + other.net, vat + other.vat);
        }

        long total() {
            return net + vat;
        }
    }

    static Price price(List<Order.Line> lines) {
        return lines.stream().map(Pricing::price).reduce(new Price(0, 0), Price::plus);
    }

    private static Price price(Order.Line line) {
        int percent = line.product().vatPercent();
        long net = cents(line) * 100 / (100 + percent);
        return new Price(net, net * percent / 100);
    }

    private static long cents(Order.Line line) {
        long full = line.product().cents() * line.quantity();
        // Half a cent is rounded up.
        return line.quantity() < MANY ? full : (full * PERCENT_FOR_MANY + 50) / 100;
    }
}
