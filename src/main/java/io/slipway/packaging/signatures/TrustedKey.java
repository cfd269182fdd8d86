package io.slipway.packaging.signatures;

import java.time.Instant;
import java.util.Optional;

/**
 * A public key in the register.
 *
 * @param certificate the key as armored text
 * @param userName what the key says of its owner; nothing vouches for it but who accepted it
 */
public record TrustedKey(
        String system,
        String fingerprint,
        String certificate,
        String userName,
        String algorithm,
        String reason,
        String proposedBy,
        Instant proposedAt,
        Optional<String> acceptedBy,
        Optional<Instant> acceptedAt,
        Optional<String> withdrawnBy,
        Optional<Instant> withdrawnAt,
        Optional<String> withdrawnReason) {

    /** Whether signatures of this key count. */
    public boolean trusted() {
        return acceptedAt.isPresent() && withdrawnAt.isEmpty();
    }

    /** How it stands, in a word. */
    public String standing() {
        return withdrawnAt.isPresent() ? "Withdrawn" : acceptedAt.isPresent() ? "Trusted" : "Proposed";
    }
}
