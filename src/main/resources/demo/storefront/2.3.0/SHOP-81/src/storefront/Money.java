package storefront;

/** Amounts in cents, written as people read them. */
final class Money {

    private Money() {}

    static String text(long cents) {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }
}
