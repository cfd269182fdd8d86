package storefront;

import java.util.List;
import java.util.Map;

/** What somebody bought: products and how many pieces of each. */
record Order(String id, List<Line> lines) {

    record Line(Product product, long quantity) {

        Map<String, Object> toJson() {
            return Json.object("product", product.id(), "quantity", quantity);
        }
    }

    long totalCents() {
        return Pricing.totalCents(lines);
    }
}
