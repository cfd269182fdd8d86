package storefront;

import java.util.List;

/** Shows all products, those of the category that the query names, or the one that the path names. */
record ProductsPage(Catalog catalog) implements Page {

    @Override
    public Answer answer(Request request) {
        if (!request.isGet()) {
            throw Problem.methodNotAllowed();
        }
        return switch (request.path().size()) {
            case 1 -> Answer.ok(list(request.query().get("category")));
            case 2 -> Answer.ok(one(request.path().get(1)).toJson());
            default -> throw new Problem(404, "a product has no further parts");
        };
    }

    private List<?> list(String category) {
        return catalog.all().stream()
                .filter(product -> category == null || product.category().equals(category))
                .map(Product::toJson)
                .toList();
    }

    private Product one(String id) {
        return catalog.find(id).orElseThrow(() -> new Problem(404, "there is no product " + id));
    }
}
