package storefront;

/** Tells that the shop is up, and in which version. */
record HealthPage(String version) implements Page {

    @Override
    public Answer answer(Request request) {
        if (!request.isGet()) {
            throw Problem.methodNotAllowed();
        }
        return Answer.ok(Json.object("status", "UP", "version", version));
    }
}
