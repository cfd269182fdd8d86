package io.slipway.packaging.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Capability({"3.2", "3.3"})
class ArchivesTest {

    @Test
    void namesTheFilesThatDiffer() throws IOException {
        Map<String, String> first = Archives.digests(zip(0, "a.txt", "1", "b.txt", "1", "c.txt", "1"));
        Map<String, String> second = Archives.digests(zip(0, "a.txt", "1", "b.txt", "2", "d.txt", "1"));

        assertThat(Archives.differences("x.jar", first, second))
                .containsExactly(
                        "x.jar!b.txt has other bytes.",
                        "x.jar!c.txt is missing in the other.",
                        "x.jar!d.txt is in the other only.");
    }

    @Test
    void timesAndOrderAreNoDifferenceInside() throws IOException {
        Map<String, String> first = Archives.digests(zip(0, "a.txt", "1", "b.txt", "2"));
        Map<String, String> second = Archives.digests(zip(86_400_000, "b.txt", "2", "a.txt", "1"));

        assertThat(Archives.differences("x.jar", first, second)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "C:/evil", "..\\evil", "a\u0001b"})
    void refusesNamesThatLeadOut(String name) {
        assertThatExceptionOfType(Archives.ArchiveRefused.class)
                .isThrownBy(() -> Archives.digests(zip(0, name, "1")))
                .withMessageContaining("outside of its folder");
    }

    @Test
    void refusesWhatUnpacksToTooMuch() {
        assertThatExceptionOfType(Archives.ArchiveRefused.class)
                .isThrownBy(() -> Archives.each(zip(0, "big", "0".repeat(100_000)), 50_000, (name, content) -> {}))
                .withMessageContaining("may be a trap");
    }

    @Test
    void refusesWhatIsDamaged() {
        byte[] broken = zipBytes(0, "a.txt", "some text that is longer than nothing, some text, some text");
        broken[45] ^= 0x55;

        assertThatExceptionOfType(Archives.ArchiveRefused.class)
                .isThrownBy(() -> Archives.digests(new ByteArrayInputStream(broken)))
                .withMessageContaining("damaged");
    }

    private static InputStream zip(long time, String... namesAndTexts) {
        return new ByteArrayInputStream(zipBytes(time, namesAndTexts));
    }

    private static byte[] zipBytes(long time, String... namesAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int index = 0; index < namesAndTexts.length; index += 2) {
                ZipEntry entry = new ZipEntry(namesAndTexts[index]);
                entry.setTime(1_700_000_000_000L + time);
                zip.putNextEntry(entry);
                zip.write(namesAndTexts[index + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
