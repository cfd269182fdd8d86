package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SampleBuildTest {

    @TempDir
    Path data;

    @Test
    void leavesTheServiceTheResultsOfItsTestsAndTheScope() throws Exception {
        BuiltSample built = build(data).build("2.4.0");

        Path builds = data.resolve("demo/builds/2.4.0");
        assertThat(built)
                .isEqualTo(new BuiltSample(
                        "2.4.0",
                        new SampleRepository(data).commitOf("2.4.0"),
                        builds.resolve("storefront-2.4.0.jar"),
                        builds.resolve("TEST-storefront-2.4.0.xml"),
                        builds.resolve("scope-2.4.0.csv")));
        assertThat(builds).isDirectoryContaining("glob:**.jar");
        assertThat(built.scope()).hasBinaryContent(SampleRelease.of("2.4.0").scopeCsv());
        assertThat(data.resolve("demo/work/2.4.0")).doesNotExist();
        try (JarFile jar = new JarFile(built.jar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("storefront.Storefront");
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo("2.4.0");
            assertThat(manifest.getValue("Build-Commit")).isEqualTo(built.commit());
            List<String> entries = jar.stream().map(JarEntry::getName).toList();
            assertThat(entries).startsWith("META-INF/MANIFEST.MF", "VERSION");
            assertThat(entries.subList(1, entries.size()))
                    .isSorted()
                    .contains("storefront/Storefront.class")
                    .doesNotContain("storefront/StorefrontChecks.class");
        }
        assertReportsEveryTest(built);
    }

    @Test
    void theSameCommitGivesTheSameBytesElsewhereAndInAnotherTimeZone() throws Exception {
        byte[] one =
                Files.readAllBytes(build(data.resolve("one")).build("2.3.0").jar());
        TimeZone zone = TimeZone.getDefault();
        byte[] other;
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            other = Files.readAllBytes(
                    build(data.resolve("other/and deeper")).build("2.3.0").jar());
        } finally {
            TimeZone.setDefault(zone);
        }

        assertThat(other).isEqualTo(one);
    }

    @Test
    void aBuildThatIsThereIsUsedUntilItsTagNamesAnotherCommit() throws Exception {
        SampleBuild build = build(data);
        BuiltSample first = build.provide("2.3.0");
        Files.writeString(first.testReport(), "kept");

        assertThat(build.provide("2.3.0")).isEqualTo(first);
        assertThat(first.testReport()).hasContent("kept");

        retag("2.3.0", "README.md", "# Storefront", FileMode.REGULAR_FILE);
        BuiltSample second = build.provide("2.3.0");
        assertThat(second.commit()).isNotEqualTo(first.commit());
        assertThat(second.testReport()).content().contains("testsuite");
    }

    @Test
    void aVersionThatDoesNotCompileIsNotBuiltAndTheOldBuildStays() throws Exception {
        SampleBuild build = build(data);
        BuiltSample before = build.build("2.3.0");
        byte[] jar = Files.readAllBytes(before.jar());
        retag("2.3.0", "src/storefront/Money.java", "package storefront; class Money {", FileMode.REGULAR_FILE);

        assertThatThrownBy(() -> build.build("2.3.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not compile")
                .hasMessageContaining("Money.java");
        assertThat(before.jar()).hasBinaryContent(jar);
    }

    @Test
    void aVersionThatFailsItsTestsIsNotBuilt() throws Exception {
        new SampleRepository(data).prepare();
        retag(
                "2.3.0",
                "src/storefront/Money.java",
                "package storefront; final class Money { static String text(long cents) { return \"1.00\"; } }",
                FileMode.REGULAR_FILE);

        assertThatThrownBy(() -> build(data).build("2.3.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tests failed")
                .hasMessageContaining("expected &lt;23.80&gt; but was &lt;1.00&gt;");
        assertThat(data.resolve("demo/builds/2.3.0")).doesNotExist();
    }

    @Test
    void aLinkInTheRepositoryIsNotFollowed() throws Exception {
        new SampleRepository(data).prepare();
        retag("2.3.0", "src/storefront/Money.java", "/etc/hostname", FileMode.SYMLINK);

        assertThatThrownBy(() -> build(data).build("2.3.0"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no plain file");
    }

    @Test
    void textThatNamesNoVersionOfTheSampleIsRefusedBeforeAnythingIsWritten() {
        SampleBuild build = build(data);

        assertThatThrownBy(() -> build.build("../../2.4.0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> build.provide("2.4.0 && reboot")).isInstanceOf(IllegalArgumentException.class);
        assertThat(data).isEmptyDirectory();
    }

    private static SampleBuild build(Path data) {
        return new SampleBuild(new SampleRepository(data), data);
    }

    private static void assertReportsEveryTest(BuiltSample built) throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(built.testReport())))
                .getDocumentElement();
        NodeList cases = suite.getElementsByTagName("testcase");
        assertThat(suite.getAttribute("name")).isEqualTo("storefront-2.4.0");
        assertThat(suite.getAttribute("tests")).isEqualTo("20");
        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(cases.getLength()).isEqualTo(20);
        assertThat(((Element) cases.item(13)).getAttribute("classname")).isEqualTo("storefront.DiscountChecks");
        assertThat(suite.getElementsByTagName("failure").getLength()).isZero();
    }

    /** Moves a version's tag to a new commit in which one file differs. */
    private void retag(String version, String path, String content, FileMode mode) throws Exception {
        try (Git git = Git.open(data.resolve("demo/repository").toFile());
                ObjectInserter objects = git.getRepository().newObjectInserter()) {
            Repository repository = git.getRepository();
            ObjectId blob = objects.insert(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
            DirCache index = DirCache.read(repository.newObjectReader(), repository.resolve("v" + version + "^{tree}"));
            DirCacheEditor editor = index.editor();
            editor.add(new DirCacheEditor.PathEdit(path) {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setFileMode(mode);
                    entry.setObjectId(blob);
                }
            });
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(objects));
            commit.setAuthor(new PersonIdent("Somebody", "somebody@storefront.example"));
            commit.setCommitter(commit.getAuthor());
            commit.setMessage("Change " + path);
            ObjectId id = objects.insert(commit);
            objects.flush();
            var tag = repository.updateRef(Constants.R_TAGS + "v" + version);
            tag.setNewObjectId(id);
            tag.forceUpdate();
        }
    }
}
