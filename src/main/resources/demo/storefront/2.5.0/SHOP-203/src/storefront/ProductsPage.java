package storefront;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Shows all products, those of the category that the query names, cheapest first if it asks so, or one product. */
record ProductsPage(Catalog catalog) implements Page {

    @Override
    public Answer answer(Request request) {
        if (!request.isGet()) {
            throw Problem.methodNotAllowed();
        }
        return switch (request.path().size()) {
            case 1 -> Answer.ok(list(request.query().get("category"), request.query().get("sort")));
            case 2 -> Answer.ok(one(request.path().get(1)).toJson());
            default -> throw new Problem(404, "a product has no further parts");
        };
    }

    private List<?> list(String category, String sort) {
        Stream<Product> products = catalog.all().stream()
                .filter(product -> category == null || product.category().equals(category));
        if ("price".equals(sort)) {
            products = products.sorted(Comparator.comparingLong(Product::cents));
        }
        return products.map(Product::toJson).toList();
    }

    private Product one(String id) {
        return catalog.find(id).orElseThrow(() -> new Problem(404, "there is no product " + id));
    }
}
