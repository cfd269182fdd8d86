package io.slipway.integration.channels;

import java.util.Optional;

/** Where mails are read that no server took. */
public interface OutboxPage {

    /** What was kept under this id. */
    Optional<Kept> read(String messageId);

    /** A mail as it was handed over. */
    record Kept(String to, String subject, String text, String html) {}
}
