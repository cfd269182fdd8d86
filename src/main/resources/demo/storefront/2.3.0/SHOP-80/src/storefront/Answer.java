package storefront;

import java.util.Map;

/** What a client gets: a status, a body to be written as JSON, and further headers. */
record Answer(int status, Object body, Map<String, String> headers) {

    static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }
}
