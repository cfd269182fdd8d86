package io.slipway.demo;

/**
 * The purchase that the demo's synthetic check makes: it posts {@link #ORDER} to {@link #ORDERS_PATH}, takes the {@code id} of the
 * answer, gets {@link #totalPath} and expects {@link #TOTAL} as {@code total}, in every version. Client traffic never goes this way.
 */
public final class SyntheticCheckout {

    /** Where orders are posted. */
    public static final String ORDERS_PATH = "/orders";

    /** The body of the order, as JSON. */
    public static final String ORDER = """
            {"lines":[{"product":"P-300","quantity":2},{"product":"P-110","quantity":3},{"product":"P-100","quantity":1}]}""";

    /** What the order costs, in euro: two at 19.99, three at 8.49 and one at 11.90. */
    public static final String TOTAL = "77.35";

    private SyntheticCheckout() {}

    /** Where the total of an order is asked. */
    public static String totalPath(String orderId) {
        return ORDERS_PATH + "/" + orderId + "/total";
    }
}
