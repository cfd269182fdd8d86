package io.slipway.packaging.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import io.slipway.packaging.signatures.OpenPgp.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPSignature;
import org.junit.jupiter.api.Test;

@Capability("3.6")
class OpenPgpTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant longAgo = now.minus(400, ChronoUnit.DAYS);
    private static final byte[] CONTENT = "the service".getBytes(StandardCharsets.UTF_8);

    private final SigningKey key = SigningKey.since(longAgo);

    @Test
    void aSignatureOfATrustedKeyIsGood() throws Exception {
        OpenPgp.Certificate read = OpenPgp.certificate(key.publicKey(), now);
        OpenPgp.Verdict verdict = verify(key.sign(CONTENT), CONTENT, key);

        assertThat(verdict.outcome()).as(verdict.sentence()).isEqualTo(Outcome.GOOD);
        assertThat(verdict.fingerprint()).hasValue(read.fingerprint());
        assertThat(verdict.sentence()).contains("build@bookshop.example");
        assertThat(read.fingerprint()).matches("[0-9A-F]{40}");
        assertThat(read.algorithm()).isEqualTo("Ed25519");
    }

    @Test
    void rsaOf2048BitsIsGoodAndLessIsNot() throws Exception {
        SigningKey rsa = SigningKey.rsa(2048, longAgo);

        assertThat(verify(rsa.sign(CONTENT), CONTENT, rsa).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(OpenPgp.certificate(rsa.publicKey(), now).algorithm()).isEqualTo("RSA 2048");
        SigningKey weak = SigningKey.rsa(1024, longAgo);
        assertThatExceptionOfType(OpenPgp.KeyUnfit.class)
                .isThrownBy(() -> OpenPgp.certificate(weak.publicKey(), now))
                .withMessageContaining("2048");
        assertThat(signed(weak, HashAlgorithmTags.SHA256, now).outcome()).isEqualTo(Outcome.SIG_WEAK);
    }

    @Test
    void everyFlippedBitOfContentOrSignatureIsFound() throws IOException {
        byte[] signature = key.sign(CONTENT);
        for (int index = 0; index < CONTENT.length; index++) {
            byte[] flipped = CONTENT.clone();
            flipped[index] ^= 1;
            assertThat(verify(signature, flipped, key).outcome()).isEqualTo(Outcome.SIG_BAD);
        }
        for (int index = 0; index < signature.length; index++) {
            byte[] flipped = signature.clone();
            flipped[index] ^= 1;
            // Armour, headers and unhashed parts may change without harm; what is then still good is about the same
            // bytes.
            OpenPgp.Verdict verdict = verify(flipped, CONTENT, key);
            if (verdict.good()) {
                byte[] other = CONTENT.clone();
                other[0] ^= 1;
                assertThat(verify(flipped, other, key).good()).isFalse();
            }
        }
    }

    @Test
    void aKeyThatIsNotTrustedCountsForNothing() throws IOException {
        SigningKey stranger = SigningKey.since(longAgo);

        assertThat(verify(stranger.sign(CONTENT), CONTENT, key).outcome()).isEqualTo(Outcome.SIG_KEY_NOT_ALLOWED);
        assertThat(OpenPgp.verify(key.sign(CONTENT), new ByteArrayInputStream(CONTENT), List.of(), now)
                        .outcome())
                .isEqualTo(Outcome.SIG_KEY_NOT_ALLOWED);
    }

    @Test
    void weakHashesAreRefused() throws IOException {
        SigningKey rsa = SigningKey.rsa(2048, longAgo);

        assertThat(signed(rsa, HashAlgorithmTags.SHA1, now).outcome()).isEqualTo(Outcome.SIG_WEAK);
        assertThat(signed(rsa, HashAlgorithmTags.MD5, now).outcome()).isEqualTo(Outcome.SIG_WEAK);
        assertThat(signed(rsa, HashAlgorithmTags.SHA224, now).outcome()).isEqualTo(Outcome.SIG_WEAK);
        assertThat(signed(rsa, HashAlgorithmTags.SHA256, now).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(signed(rsa, HashAlgorithmTags.SHA512, now).outcome()).isEqualTo(Outcome.GOOD);
    }

    @Test
    void aKeySignsWithinItsTimeOnly() throws Exception {
        SigningKey short_ = SigningKey.lasting(longAgo, 86_400);

        assertThat(signed(short_, HashAlgorithmTags.SHA512, longAgo.plusSeconds(3_600))
                        .outcome())
                .isEqualTo(Outcome.GOOD);
        assertThat(signed(short_, HashAlgorithmTags.SHA512, longAgo.plusSeconds(90_000))
                        .outcome())
                .isEqualTo(Outcome.SIG_EXPIRED);
        assertThat(signed(short_, HashAlgorithmTags.SHA512, longAgo.minusSeconds(3_600))
                        .good())
                .isFalse();
        assertThatExceptionOfType(OpenPgp.KeyUnfit.class)
                .isThrownBy(() -> OpenPgp.certificate(short_.publicKey(), now))
                .withMessageContaining("expired");
    }

    @Test
    void aRevokedKeySignsNothing() {
        SigningKey revoked = key.revoked();

        assertThatExceptionOfType(OpenPgp.KeyUnfit.class)
                .isThrownBy(() -> OpenPgp.certificate(revoked.publicKey(), now));
        assertThat(signed(revoked, HashAlgorithmTags.SHA512, now).good()).isFalse();
    }

    /** The primary key of an ordinary certificate certifies; a subkey signs. */
    @Test
    void aKeyThatIsNotMeantToSignSignsNothing() {
        assertThat(signed(key, HashAlgorithmTags.SHA512, now).good()).isFalse();
    }

    @Test
    void datesAheadAndExpiredSignaturesAreRefused() throws IOException {
        assertThat(signed(key, HashAlgorithmTags.SHA512, now.plusSeconds(3_600)).outcome())
                .isEqualTo(Outcome.SIG_BAD);
        byte[] ended =
                key.sign(CONTENT, HashAlgorithmTags.SHA512, now.minusSeconds(1_000), PGPSignature.BINARY_DOCUMENT, 500);
        assertThat(verify(ended, CONTENT, key).outcome()).isEqualTo(Outcome.SIG_EXPIRED);
    }

    @Test
    void onlyOneSignatureOfAFileIsASignature() throws IOException {
        byte[] text = key.sign(CONTENT, HashAlgorithmTags.SHA512, now, PGPSignature.CANONICAL_TEXT_DOCUMENT, 0);
        byte[] standing = key.sign(CONTENT, HashAlgorithmTags.SHA512, now, PGPSignature.STAND_ALONE, 0);
        for (byte[] wrong : List.of(
                text,
                standing,
                "no signature".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                key.publicKey().getBytes(StandardCharsets.UTF_8))) {
            assertThat(verify(wrong, CONTENT, key).outcome()).isEqualTo(Outcome.SIG_BAD);
        }
    }

    @Test
    void takesPublicKeysAlone() {
        assertThatExceptionOfType(OpenPgp.KeyUnfit.class)
                .isThrownBy(() -> OpenPgp.certificate(key.privateKey(), now))
                .withMessageContaining("private key");
        assertThatExceptionOfType(OpenPgp.KeyUnfit.class)
                .isThrownBy(() -> OpenPgp.certificate("${7*7}", now))
                .withMessageContaining("no OpenPGP public key");
        assertThatExceptionOfType(OpenPgp.KeyUnfit.class)
                .isThrownBy(() -> OpenPgp.certificate("x".repeat(300_000), now))
                .withMessageContaining("at most");
    }

    private OpenPgp.Verdict signed(SigningKey by, int hash, Instant time) {
        try {
            return verify(by.sign(CONTENT, hash, time, PGPSignature.BINARY_DOCUMENT, 0), CONTENT, by);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private OpenPgp.Verdict verify(byte[] signature, byte[] content, SigningKey trusted) throws IOException {
        return OpenPgp.verify(signature, new ByteArrayInputStream(content), List.of(trusted.publicKey()), now);
    }
}
