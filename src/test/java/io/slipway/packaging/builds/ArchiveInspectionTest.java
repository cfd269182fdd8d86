package io.slipway.packaging.builds;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Capability("3.3")
class ArchiveInspectionTest {

    private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

    @Test
    void nothingSpeaksAgainstAnArchiveWithArchivesInside() {
        byte[] inner = zip("META-INF/MANIFEST.MF", TEXT, "a/B.class", TEXT);

        assertThat(harms(zip("lib/", new byte[0], "lib/inner.jar", inner, "c.txt", TEXT)))
                .isEmpty();
        assertThat(harms(zip())).isEmpty();
        assertThat(harms(TEXT)).isEmpty();
        assertThat(harms(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "C:/evil", "..\\evil"})
    void namesWhatLeadsOutInTheArchiveAndInThoseInside(String name) {
        ArchiveInspection.Found found = inspected(zip("a.txt", TEXT, name, TEXT));
        assertThat(found.leadsOut()).isTrue();
        assertThat(found.harms())
                .containsExactly("The archive holds '" + name + "', which would be written outside of its folder;"
                        + " please build it again without such names.");

        ArchiveInspection.Found nested = inspected(zip("in.zip", zip("deep.data", zip(name, TEXT))));
        assertThat(nested.leadsOut()).isTrue();
        assertThat(nested.harms())
                .singleElement()
                .asString()
                .startsWith("The archive 'in.zip!deep.data' inside it holds '" + name + "'");
    }

    @Test
    void namesSymbolicLinksAndDevices() {
        byte[] link = typed(zip("a.txt", TEXT, "ln", "/etc/passwd".getBytes(StandardCharsets.UTF_8)), "ln", 0120777);

        assertThat(harms(link))
                .containsExactly("The archive holds 'ln', which is a symbolic link or another special file;"
                        + " please build it again without such.");
        assertThat(harms(zip("in.zip", link)))
                .singleElement()
                .asString()
                .startsWith("The archive 'in.zip' inside it holds 'ln', which is a symbolic link");
        assertThat(harms(typed(zip("null", TEXT), "null", 0020666))).hasSize(1);
        assertThat(harms(typed(zip("run.sh", TEXT), "run.sh", 0100755))).isEmpty();
        assertThat(inspected(link).leadsOut()).isFalse();
    }

    @Test
    void namesTrapsBeforeTheyAreUnpacked() {
        byte[] bomb = zip("b", new byte[40_000_000]);

        assertThat(harms(bomb))
                .containsExactly("The archive unpacks to more than 200 times its size; it may be a trap.");
        assertThat(harms(zip("in.zip", bomb))).hasSize(1);
        assertThat(harms(zip("small", new byte[1_000_000]))).isEmpty();
    }

    @Test
    void looksOnlySoDeep() {
        byte[] archive = zip("a.txt", TEXT);
        for (int depth = 1; depth < ArchiveInspection.DEEPEST; depth++) {
            archive = zip("in.zip", archive);
        }
        assertThat(harms(archive)).isEmpty();
        assertThat(harms(zip("in.zip", archive))).singleElement().asString().contains("more than 4 deep");
    }

    @Test
    void namesATableOfContentsThatSaysSomethingElse() {
        byte[] archive = zip("a.txt", TEXT);
        byte[] renamed = archive.clone();
        renamed[central(archive, "a.txt") + 46] = 'b';
        assertThat(harms(renamed)).singleElement().asString().contains("lists other files");

        byte[] leading = zip("xx/evil", TEXT);
        int name = central(leading, "xx/evil") + 46;
        leading[name] = '.';
        leading[name + 1] = '.';
        assertThat(inspected(leading).leadsOut()).isTrue();

        byte[] prefixed =
                ByteBuffer.allocate(archive.length + 4).put(TEXT).put(archive).array();
        assertThat(harms(prefixed)).singleElement().asString().contains("begins with something else");
    }

    @Test
    void namesWhatIsDamaged() {
        byte[] archive = zip("a.txt", "some text that is longer than nothing".getBytes(StandardCharsets.UTF_8));

        assertThat(harms(java.util.Arrays.copyOf(archive, archive.length - 10)))
                .singleElement()
                .asString()
                .contains("is damaged");
        assertThat(harms(java.util.Arrays.copyOf(archive, 45)))
                .singleElement()
                .asString()
                .contains("is damaged");
    }

    @Test
    void saysOnlySoMuch() {
        Object[] many = new Object[200];
        for (int index = 0; index < 100; index++) {
            many[2 * index] = "../" + index;
            many[2 * index + 1] = TEXT;
        }
        assertThat(harms(zip(many))).hasSize(21).last().asString().contains("more of that kind");
    }

    private static List<String> harms(byte[] content) {
        return inspected(content).harms();
    }

    private static ArchiveInspection.Found inspected(byte[] content) {
        try {
            return ArchiveInspection.of(new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] zip(Object... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int index = 0; index < namesAndContents.length; index += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndContents[index]));
                zip.write((byte[]) namesAndContents[index + 1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The archive with an entry of this type, as programs on other systems write it. */
    private static byte[] typed(byte[] archive, String name, int mode) {
        byte[] typed = archive.clone();
        ByteBuffer.wrap(typed).order(ByteOrder.LITTLE_ENDIAN).putInt(central(archive, name) + 38, mode << 16);
        return typed;
    }

    /** Where the table of contents has the entry of this name. */
    private static int central(byte[] archive, String name) {
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 46 + name.length() <= archive.length; at++) {
            if (bytes.getInt(at) == 0x02014b50
                    && new String(archive, at + 46, name.length(), StandardCharsets.UTF_8).equals(name)) {
                return at;
            }
        }
        throw new AssertionError("There is no " + name);
    }
}
