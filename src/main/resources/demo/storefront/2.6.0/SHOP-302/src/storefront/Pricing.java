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
        long gross = cents(line);
        long hundredths = 100L + line.product().vatPercent();
        long net = (gross * 100 + hundredths / 2) / hundredths;
        // What is told as tax is the rest, so that both together are what the customer pays.
        return new Price(net, gross - net);
    }

    private static long cents(Order.Line line) {
        long full = line.product().cents() * line.quantity();
        // Half a cent is rounded up.
        return line.quantity() < MANY ? full : (full * PERCENT_FOR_MANY + 50) / 100;
    }
}
