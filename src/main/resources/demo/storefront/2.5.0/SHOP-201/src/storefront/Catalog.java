package storefront;

import java.util.List;
import java.util.Optional;

/** The products on sale, in the order in which they are shown. */
final class Catalog {

    private static final int STANDARD_VAT = 19;
    private static final int REDUCED_VAT = 7;

    private final List<Product> products = List.of(
            new Product("P-100", "Mug", "kitchen", 1190, STANDARD_VAT),
            new Product("P-110", "Tea towel", "kitchen", 849, STANDARD_VAT),
            new Product("P-200", "Cookbook", "books", 2140, REDUCED_VAT),
            new Product("P-300", "T-shirt", "clothes", 1999, STANDARD_VAT),
            new Product("P-310", "Socks", "clothes", 499, STANDARD_VAT));

    List<Product> all() {
        return products;
    }

    Optional<Product> find(String id) {
        return products.stream().filter(product -> product.id().equals(id)).findFirst();
    }
}
