package io.slipway.backup;

import java.io.IOException;

/** What was asked for is not done, because it would destroy something or leave half of something; the message says why. */
final class BackupRefused extends IOException {

    private static final long serialVersionUID = 1L;

    BackupRefused(String message) {
        super(message);
    }
}
