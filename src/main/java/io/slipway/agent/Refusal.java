package io.slipway.agent;

/** A definite no: nothing was changed. Answered as a problem of RFC 9457. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is; clients tell them apart by {@link #urn()}. */
    enum Kind {
        INVALID_REQUEST(400, "The request is not valid"),
        UNAUTHORIZED(401, "The bearer token is missing or wrong"),
        NOT_FOUND(404, "Nothing is known under this name"),
        METHOD_NOT_ALLOWED(405, "The method is not offered here"),
        STALE_FENCE(409, "A newer holder has already acted on this target"),
        IN_PROGRESS(409, "The same key is being worked on"),
        CONFLICT(409, "The present state forbids the change"),
        TOO_LARGE(413, "The content is too large"),
        KEY_REUSED(422, "The key was used for another request"),
        DIGEST_MISMATCH(422, "The content does not have the digest it was announced with"),
        UNSAFE_PACKAGE(422, "The package cannot be unpacked safely");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        int status() {
            return status;
        }

        String title() {
            return title;
        }

        String urn() {
            return "urn:slipway:agent:"
                    + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    private final Kind kind;

    Refusal(Kind kind, String detail) {
        super(detail);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String detail() {
        String detail = getMessage();
        return detail == null ? kind.title() : detail;
    }
}
