package storefront;

import java.util.List;

/** Shows all products, or the one that the path names. */
record ProductsPage(Catalog catalog) implements Page {

    @Override
    public Answer answer(Request request) {
        if (!request.isGet()) {
            throw Problem.methodNotAllowed();
        }
        return switch (request.path().size()) {
            case 1 -> Answer.ok(list());
            case 2 -> Answer.ok(one(request.path().get(1)).toJson());
            default -> throw new Problem(404, "a product has no further parts");
        };
    }

    private List<?> list() {
        return catalog.all().stream().map(Product::toJson).toList();
    }

    private Product one(String id) {
        return catalog.find(id).orElseThrow(() -> new Problem(404, "there is no product " + id));
    }
}
