package storefront;

import java.util.Map;

/** Something on sale; the price is in cents of a euro and contains the tax. */
record Product(String id, String name, String category, long cents) {

    Map<String, Object> toJson() {
        return Json.object("id", id, "name", name, "category", category, "price", Money.text(cents));
    }
}
