package storefront;

/** Tells the version. */
record VersionPage(String version) implements Page {

    @Override
    public Answer answer(Request request) {
        if (!request.isGet()) {
            throw Problem.methodNotAllowed();
        }
        return Answer.ok(Json.object("version", version));
    }
}
