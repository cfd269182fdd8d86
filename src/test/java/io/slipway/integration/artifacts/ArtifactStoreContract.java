package io.slipway.integration.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.slipway.Capability;
import io.slipway.integration.artifacts.ArtifactStore.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every artifact store promises, whatever keeps the bytes. */
@Capability({"3.3", "3.6"})
abstract class ArtifactStoreContract {

    /** SHA-256 of the three letters {@code abc}, from FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final long LIMIT = 10_000_000;

    /** The store under test; the same one during one test. */
    abstract ArtifactStore store();

    /** Changes the bytes that the store keeps under a digest, past the store. */
    abstract void damage(String sha256, byte[] bytes) throws IOException;

    @Test
    void keepsBytesUnderTheirDigest() throws IOException {
        StoredArtifact stored = store().put(bytes("abc"), LIMIT);

        assertThat(stored).isEqualTo(new StoredArtifact(ABC, 3));
        assertThat(store().exists(ABC)).isTrue();
        assertThat(store().size(ABC)).isEqualTo(3);
        assertThat(store().verify(ABC)).isEqualTo(3);
        try (InputStream in = store().open(ABC)) {
            assertThat(in).hasContent("abc");
        }
    }

    @Test
    void keepsAnEmptyFile() throws IOException {
        assertThat(store().put(bytes(""), LIMIT)).isEqualTo(new StoredArtifact(NOTHING, 0));
        assertThat(store().verify(NOTHING)).isZero();
    }

    @Test
    void keepingTheSameBytesAgainChangesNothing() throws IOException {
        StoredArtifact first = store().put(bytes("abc"), LIMIT);

        assertThat(store().put(bytes("abc"), LIMIT)).isEqualTo(first);
        assertThat(store().verify(ABC)).isEqualTo(3);
    }

    @Test
    void keepsTheSameBytesHandedInByManyAtOnce() throws Exception {
        byte[] content = random(300_000);
        ExecutorService hands = Executors.newFixedThreadPool(8);
        try {
            List<Callable<StoredArtifact>> attempts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                attempts.add(() -> store().put(new ByteArrayInputStream(content), LIMIT));
            }
            List<StoredArtifact> stored = new ArrayList<>();
            for (Future<StoredArtifact> attempt : hands.invokeAll(attempts)) {
                stored.add(attempt.get());
            }
            assertThat(stored).hasSize(16).containsOnly(stored.get(0));
            assertThat(store().verify(stored.get(0).sha256())).isEqualTo(content.length);
        } finally {
            hands.shutdownNow();
        }
    }

    @Test
    void readsBackWhatIsLargerThanAnyBuffer() throws IOException {
        byte[] content = random(3_000_001);
        StoredArtifact stored = store().put(new ByteArrayInputStream(content), LIMIT);

        try (InputStream in = store().open(stored.sha256())) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void takesAsManyBytesAsTheLimitAndNotOneMore() throws IOException {
        assertThat(store().put(bytes("abc"), 3).size()).isEqualTo(3);
        assertThatExceptionOfType(ArtifactTooLarge.class)
                .isThrownBy(() -> store().put(bytes("abcd"), 3))
                .satisfies(refused -> assertThat(refused.limit()).isEqualTo(3));
        assertThat(store().exists("88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589"))
                .isFalse();
    }

    @Test
    void keepsNothingOfAStreamThatBreaks() {
        InputStream broken = new InputStream() {
            private int given;

            @Override
            public int read() throws IOException {
                if (given++ == 3) {
                    throw new IOException("The sender went away");
                }
                return 'a' + given - 1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                buffer[offset] = (byte) read();
                return 1;
            }
        };

        assertThatIOException().isThrownBy(() -> store().put(broken, LIMIT)).withMessage("The sender went away");
        assertThat(store().exists(ABC)).isFalse();
    }

    @Test
    void namesTheDigestOfWhatItDoesNotHave() {
        assertThat(store().exists(ABC)).isFalse();
        assertThatExceptionOfType(ArtifactMissing.class)
                .isThrownBy(() -> store().open(ABC))
                .withMessageContaining(ABC);
        assertThatExceptionOfType(ArtifactMissing.class)
                .isThrownBy(() -> store().verify(ABC))
                .withMessageContaining(ABC);
        assertThatExceptionOfType(ArtifactMissing.class)
                .isThrownBy(() -> store().size(ABC))
                .withMessageContaining(ABC);
    }

    @Test
    void findsOneFlippedBit() throws IOException {
        store().put(bytes("abc"), LIMIT);
        damage(ABC, "abb".getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(ArtifactCorrupt.class)
                .isThrownBy(() -> store().verify(ABC))
                .withMessageContaining(ABC)
                .satisfies(corrupt -> assertThat(corrupt.actual()).hasSize(64).isNotEqualTo(ABC));
    }

    @Test
    void aReaderOfDamagedBytesLearnsOfItAtTheEnd() throws IOException {
        store().put(bytes("abc"), LIMIT);
        damage(ABC, "abcd".getBytes(StandardCharsets.UTF_8));

        try (InputStream in = store().open(ABC)) {
            assertThatExceptionOfType(ArtifactCorrupt.class).isThrownBy(in::readAllBytes);
            assertThatExceptionOfType(ArtifactCorrupt.class).isThrownBy(in::read);
        }
    }

    @Test
    void bytesThatAreSkippedAreHashedAsWell() throws IOException {
        store().put(bytes("abc"), LIMIT);
        try (InputStream in = store().open(ABC)) {
            assertThat(in.skip(2)).isEqualTo(2);
            assertThat(in.read()).isEqualTo('c');
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void handingInTheRightBytesAgainRepairsWhatWasDamaged() throws IOException {
        store().put(bytes("abc"), LIMIT);
        damage(ABC, "xyz".getBytes(StandardCharsets.UTF_8));

        store().put(bytes("abc"), LIMIT);

        assertThat(store().verify(ABC)).isEqualTo(3);
    }

    @Test
    void takesNoPathForADigest() {
        for (String hostile : List.of("", "../../etc/passwd", ABC + "/..", ABC.toUpperCase(java.util.Locale.ROOT))) {
            assertThatIllegalArgumentException().isThrownBy(() -> store().open(hostile));
            assertThatIllegalArgumentException().isThrownBy(() -> store().exists(hostile));
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(240).nextBytes(bytes);
        return bytes;
    }
}
