package io.slipway.packaging.signatures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.api.OpenPGPApi;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Detached OpenPGP signatures. The library checks bindings, expiry and revocation of keys; what is too weak, dated ahead, or made by a
 * key that may not sign is refused here as well, so that no default of the library decides.
 */
final class OpenPgp {

    /** Most bytes of a signature file. */
    static final int LARGEST_SIGNATURE = 64 * 1024;

    /** Most characters of a key. */
    static final int LARGEST_KEY = 200_000;

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int LEAST_RSA = 2048;
    private static final Set<Integer> HASHES = Set.of(
            HashAlgorithmTags.SHA256,
            HashAlgorithmTags.SHA384,
            HashAlgorithmTags.SHA512,
            HashAlgorithmTags.SHA3_256,
            HashAlgorithmTags.SHA3_512);

    private static final OpenPGPApi API = new BcOpenPGPApi();

    private OpenPgp() {}

    /** What a look at a signature showed. */
    enum Outcome {
        GOOD,
        SIG_MISSING,
        SIG_BAD,
        SIG_WEAK,
        SIG_EXPIRED,
        SIG_KEY_NOT_ALLOWED
    }

    /**
     * The verdict on one signature.
     *
     * @param fingerprint of the certificate whose key signed; empty when that is not known
     * @param signedAt when it says it was made
     * @param sentence what was found, for people
     */
    record Verdict(Outcome outcome, Optional<String> fingerprint, Optional<Instant> signedAt, String sentence) {

        boolean good() {
            return outcome == Outcome.GOOD;
        }
    }

    /** A key could not be read or is not fit; the message names reason and remedy. */
    static final class KeyUnfit extends Exception {

        private static final long serialVersionUID = 1L;

        KeyUnfit(String sentence) {
            super(sentence);
        }
    }

    /**
     * A certificate, which people call a public key.
     *
     * @param fingerprint of its primary key, in upper-case hexadecimal
     */
    record Certificate(String fingerprint, String userName, String algorithm, String armored) {}

    /** Reads a public key that somebody wants to be trusted. */
    static Certificate certificate(String armored, Instant now) throws KeyUnfit {
        if (armored.length() > LARGEST_KEY) {
            throw new KeyUnfit("A key has at most " + LARGEST_KEY + " characters.");
        }
        if (armored.contains("PRIVATE KEY")) {
            throw new KeyUnfit(
                    "This is a private key, which belongs to its owner alone; please give the public key, and"
                            + " replace this one, because it has been shown.");
        }
        OpenPGPCertificate read = parsed(armored)
                .orElseThrow(() -> new KeyUnfit("This is no OpenPGP public key; please give the text that begins with"
                        + " -----BEGIN PGP PUBLIC KEY BLOCK-----."));
        if (read.isSecretKey()) {
            throw new KeyUnfit("This is a private key; please give the public key.");
        }
        boolean signs = read.getSigningKeys(Date.from(now)).stream().anyMatch(key -> strong(key.getPGPPublicKey()));
        if (!signs) {
            throw new KeyUnfit("No key in it can sign now: it needs a signing key, RSA of at least " + LEAST_RSA
                    + " bits or Ed25519, that is neither expired nor revoked.");
        }
        String name = read.getAllUserIds().stream()
                .map(user -> user.getUserId())
                .findFirst()
                .orElse("no name");
        return new Certificate(
                fingerprint(read), name, algorithm(read.getPrimaryKey().getPGPPublicKey()), armoured(read));
    }

    /**
     * Judges a detached signature.
     *
     * @param signature the signature file, armored or not
     * @param content the signed bytes; read to their end and not closed
     * @param trusted armored public keys that may sign
     */
    static Verdict verify(byte[] signature, InputStream content, List<String> trusted, Instant now) throws IOException {
        Optional<PGPSignature> read = signature(signature);
        if (read.isEmpty()) {
            return verdict(Outcome.SIG_BAD, null, null, "It is not one OpenPGP signature of a file.");
        }
        PGPSignature one = read.get();
        Instant signedAt = one.getCreationTime().toInstant();
        if (!HASHES.contains(one.getHashAlgorithm())) {
            return verdict(
                    Outcome.SIG_WEAK,
                    null,
                    signedAt,
                    "Its hash is weaker than SHA-256, so anybody could have made it.");
        }
        for (String armored : trusted) {
            OpenPGPCertificate certificate = parsed(armored).orElse(null);
            if (certificate == null) {
                continue;
            }
            OpenPGPCertificate.OpenPGPComponentKey key = certificate.getSigningKeyFor(one);
            if (key != null) {
                return verify(one, signedAt, content, certificate, key, now);
            }
        }
        return verdict(
                Outcome.SIG_KEY_NOT_ALLOWED,
                null,
                signedAt,
                "It was made by the key " + id(one) + ", which is not trusted for this system.");
    }

    private static Verdict verify(
            PGPSignature one,
            Instant signedAt,
            InputStream content,
            OpenPGPCertificate certificate,
            OpenPGPCertificate.OpenPGPComponentKey key,
            Instant now)
            throws IOException {
        String fingerprint = fingerprint(certificate);
        if (!strong(key.getPGPPublicKey())) {
            return verdict(
                    Outcome.SIG_WEAK,
                    fingerprint,
                    signedAt,
                    "Its key is weaker than RSA of " + LEAST_RSA + " bits or Ed25519.");
        }
        if (signedAt.isAfter(now.plus(CLOCKS_DIFFER))) {
            return verdict(Outcome.SIG_BAD, fingerprint, signedAt, "It is dated ahead of now.");
        }
        long lasts = one.getHashedSubPackets() == null
                ? 0
                : one.getHashedSubPackets().getSignatureExpirationTime();
        if (lasts > 0 && signedAt.plusSeconds(lasts).isBefore(now)) {
            return verdict(Outcome.SIG_EXPIRED, fingerprint, signedAt, "The signature itself has expired.");
        }
        List<OpenPGPDocumentSignature> found = API.verifyDetachedSignature()
                .addSignature(one)
                .addVerificationCertificate(certificate)
                .process(content);
        boolean correct = found.size() == 1 && found.get(0).isTestedCorrect();
        if (!correct) {
            return verdict(Outcome.SIG_BAD, fingerprint, signedAt, "It does not belong to these bytes.");
        }
        Date then = Date.from(signedAt);
        if (!key.isSigningKey(then) || !valid(found.get(0))) {
            return verdict(
                    Outcome.SIG_EXPIRED,
                    fingerprint,
                    signedAt,
                    "Its key could not sign at that time: it was expired, revoked, or never meant to sign.");
        }
        return verdict(Outcome.GOOD, fingerprint, signedAt, "Signed by " + certificateName(certificate) + ".");
    }

    private static boolean valid(OpenPGPDocumentSignature signature) {
        try {
            return signature.isValid();
        } catch (PGPException e) {
            return false;
        }
    }

    private static Optional<PGPSignature> signature(byte[] bytes) {
        try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
            BcPGPObjectFactory objects = new BcPGPObjectFactory(in);
            Object first = objects.nextObject();
            boolean one = first instanceof PGPSignatureList list && list.size() == 1 && objects.nextObject() == null;
            return one && ((PGPSignatureList) first).get(0).getSignatureType() == PGPSignature.BINARY_DOCUMENT
                    ? Optional.of(((PGPSignatureList) first).get(0))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // Whatever the parser stumbles over, it is no signature.
            return Optional.empty();
        }
    }

    private static Optional<OpenPGPCertificate> parsed(String armored) {
        try {
            return Optional.of(
                    API.readKeyOrCertificate().parseCertificate(armored.strip().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            // Whatever the parser stumbles over, it is no key.
            return Optional.empty();
        }
    }

    private static String armoured(OpenPGPCertificate certificate) throws KeyUnfit {
        try {
            return certificate.toAsciiArmoredString();
        } catch (IOException e) {
            throw new KeyUnfit("This key cannot be written as text: " + e.getMessage());
        }
    }

    private static boolean strong(PGPPublicKey key) {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL -> key.getBitStrength() >= LEAST_RSA;
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519 -> true;
            default -> false;
        };
    }

    private static String algorithm(PGPPublicKey key) {
        return switch (key.getAlgorithm()) {
            case PublicKeyAlgorithmTags.RSA_GENERAL -> "RSA " + key.getBitStrength();
            case PublicKeyAlgorithmTags.EDDSA_LEGACY, PublicKeyAlgorithmTags.Ed25519 -> "Ed25519";
            default -> "algorithm " + key.getAlgorithm();
        };
    }

    private static String certificateName(OpenPGPCertificate certificate) {
        return certificate.getAllUserIds().stream()
                .map(user -> user.getUserId())
                .findFirst()
                .orElse("the key " + fingerprint(certificate));
    }

    private static String fingerprint(OpenPGPCertificate certificate) {
        return HexFormat.of().formatHex(certificate.getFingerprint()).toUpperCase(Locale.ROOT);
    }

    private static String id(PGPSignature signature) {
        return String.format(Locale.ROOT, "%016X", signature.getKeyID());
    }

    private static Verdict verdict(
            Outcome outcome, @Nullable String fingerprint, @Nullable Instant signedAt, String sentence) {
        return new Verdict(outcome, Optional.ofNullable(fingerprint), Optional.ofNullable(signedAt), sentence);
    }
}
