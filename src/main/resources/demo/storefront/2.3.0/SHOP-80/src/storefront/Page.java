package storefront;

/** Answers the requests whose path begins with one name. */
interface Page {

    /** Answers the request, or throws a {@link Problem}. */
    Answer answer(Request request);
}
