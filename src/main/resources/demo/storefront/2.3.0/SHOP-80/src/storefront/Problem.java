package storefront;

import java.util.Map;

/** A request that cannot be answered, with the status and the reason that the client is told. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Problem(int status, String reason) {
        super(reason);
        this.status = status;
    }

    static Problem methodNotAllowed() {
        return new Problem(405, "this method is not offered here");
    }

    Answer answer() {
        return new Answer(status, Map.of("error", getMessage()), Map.of());
    }
}
