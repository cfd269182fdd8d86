package io.slipway.packaging.signatures;

import java.time.Instant;
import java.util.Optional;

/**
 * What a look at the signature of one file showed.
 *
 * @param signatureFile empty when the file has none
 * @param outcome a word for programs, such as {@code GOOD} or {@code SIG_KEY_NOT_ALLOWED}
 * @param fingerprint of the certificate whose key signed
 * @param signedAt when the signature says it was made
 */
public record FileSignature(
        String file,
        Optional<String> signatureFile,
        String outcome,
        boolean good,
        Optional<String> fingerprint,
        Optional<Instant> signedAt,
        String sentence) {}
