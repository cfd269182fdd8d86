package storefront;

import java.util.List;
import java.util.Optional;

/** The products on sale, in the order in which they are shown. */
final class Catalog {

    private final List<Product> products = List.of(
            new Product("P-100", "Mug", "kitchen", 1190),
            new Product("P-110", "Tea towel", "kitchen", 849),
            new Product("P-200", "Cookbook", "books", 2140),
            new Product("P-300", "T-shirt", "clothes", 1999),
            new Product("P-310", "Socks", "clothes", 499));

    List<Product> all() {
        return products;
    }

    Optional<Product> find(String id) {
        return products.stream().filter(product -> product.id().equals(id)).findFirst();
    }
}
