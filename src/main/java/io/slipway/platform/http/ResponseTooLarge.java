package io.slipway.platform.http;

import java.io.IOException;

/** An answer was longer than {@code slipway.http.max-response-bytes}. */
public final class ResponseTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    ResponseTooLarge(long limit) {
        super("The answer has more than " + limit + " bytes");
    }
}
