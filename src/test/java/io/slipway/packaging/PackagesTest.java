package io.slipway.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.release.ApprovalPart;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotPermitted;
import io.slipway.release.PackageDiffers;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Files are handed in, sealed and found out when they change, on a real database and a real store. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.packaging.file=1KB",
            "slipway.packaging.total=2KB",
            "slipway.packaging.files=4"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Packages.class, PackagePart.class, PackageCondition.class})
@Capability({"3.3", "3.6"})
@SuppressWarnings("NullAway.Init")
class PackagesTest {

    private static final String DANA = "p-dana";

    @TestConfiguration
    @EnableConfigurationProperties(PackagingLimits.class)
    @ComponentScan("io.slipway.integration.artifacts")
    static class Ground {

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
        }
    }

    @Autowired
    private Packages packages;

    @Autowired
    private PackagePart part;

    @Autowired
    private PackageCondition condition;

    @Autowired
    private ArtifactStore store;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private org.springframework.core.env.Environment environment;

    @MockitoBean
    private Releases releases;

    @MockitoBean
    private Permissions permissions;

    @MockitoBean
    private AuditTrail audit;

    @MockitoBean
    private OpenBriefs briefs;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void empty() {
        jdbc.update("delete from package_seal");
        jdbc.update("delete from package_file");
        jdbc.update("delete from package_round");
        when(releases.get(release.id())).thenReturn(release);
    }

    @Test
    void sealsTheFilesInOneOrderUnderOneDigest() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        handIn("CHANGES.md", "what is new");

        SealedPackage sealed = seal();

        assertThat(sealed.files()).extracting(SealedPackage.File::name).containsExactly("CHANGES.md", "storefront.jar");
        assertThat(sealed.startFile()).isEqualTo("storefront.jar");
        assertThat(packages.manifest(release))
                .hasValue("{\"files\":["
                        + "{\"name\":\"CHANGES.md\",\"sha256\":\"" + sha256("what is new") + "\",\"size\":11},"
                        + "{\"name\":\"storefront.jar\",\"sha256\":\"" + sha256("the service") + "\",\"size\":11}],"
                        + "\"release\":\"storefront-2.4.0\",\"system\":\"storefront\",\"version\":\"2.4.0\"}");
        assertThat(sealed.digest()).isEqualTo(sha256(packages.manifest(release).orElseThrow()));
        assertThat(packages.present(release)).hasValue(sealed);
        assertThat(packages.verified(release)).isEqualTo(sealed);
        packages.verify(release);
        verify(audit).record(argThat(entry -> entry.action().equals("packaging.verify")));
    }

    @Test
    void aSealedPackageStaysAsItIs() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        SealedPackage sealed = seal();

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("late.txt", "too late"))
                .withMessageContaining("is sealed");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> packages.withdraw(release, "storefront.jar", DANA))
                .withMessageContaining("is sealed");
        assertThat(seal()).isEqualTo(sealed);
    }

    @Test
    void changedContentIsPackagedInANewRound() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        SealedPackage first = seal();

        packages.openRound(release, "packaging-1");
        assertThat(packages.present(release)).hasValue(first);

        packages.openRound(release, "packaging-2");
        assertThat(packages.present(release)).isEmpty();
        assertThat(packages.files(release)).isEmpty();
        assertThat(condition.obstacles(release, touch(first.digest())))
                .singleElement()
                .asString()
                .contains("not sealed");
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> part.content(release));

        handIn("storefront.jar", "the service, repaired");
        SealedPackage second = seal();
        assertThat(second.round()).isEqualTo(2);
        assertThat(second.digest()).isNotEqualTo(first.digest());
        assertThat(condition.obstacles(release, touch(second.digest()))).isEmpty();
        assertThat(condition.obstacles(release, touch(first.digest())))
                .singleElement()
                .asString()
                .contains(first.digest(), second.digest());
    }

    @Test
    void isIncompleteWithoutOneFileThatStartsTheService() throws IOException {
        packages.openRound(release, "packaging-1");
        assertThat(packages.seal(release)).isInstanceOf(Sealing.Incomplete.class);

        handIn("CHANGES.md", "what is new");
        assertThat(packages.shortcomings(release)).singleElement().asString().contains("none has been handed in");

        handIn("one.jar", "one");
        assertThat(packages.shortcomings(release)).isEmpty();

        handIn("two.jar", "two");
        assertThat(packages.seal(release))
                .isInstanceOfSatisfying(Sealing.Incomplete.class, incomplete -> assertThat(incomplete.shortcomings())
                        .singleElement()
                        .asString()
                        .contains("one.jar, two.jar"));

        packages.withdraw(release, "two.jar", DANA);
        assertThat(seal().startFile()).isEqualTo("one.jar");
    }

    @Test
    void theSameFileAgainChangesNothingAndOtherBytesAreRefused() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        handIn("storefront.jar", "the service");

        assertThat(packages.files(release)).hasSize(1);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("storefront.jar", "another service"))
                .withMessageContaining("other bytes");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("Storefront.JAR", "another service"))
                .withMessageContaining("storefront.jar with other bytes");
    }

    @Test
    void refusesNamesThatCouldLeadElsewhere() {
        packages.openRound(release, "packaging-1");
        for (String hostile : List.of(
                "",
                " ",
                "../evil.jar",
                "a/b.jar",
                "a\\b.jar",
                "..",
                ".hidden",
                "-rf",
                "line\nfeed",
                "nul\0",
                "x".repeat(101),
                "é")) {
            assertThatExceptionOfType(Refused.class)
                    .as(hostile)
                    .isThrownBy(() -> handIn(hostile, "x"))
                    .satisfies(refused -> {
                        assertThat(refused.field()).isEqualTo("file");
                        assertThat(refused.getMessage())
                                .doesNotContain("\n", "\0")
                                .hasSizeLessThan(300);
                    });
        }
        assertThat(packages.files(release)).isEmpty();
    }

    @Test
    void refusesMoreThanTheLimits() throws IOException {
        packages.openRound(release, "packaging-1");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("large.bin", "x".repeat(1025)))
                .withMessageContaining("1024 bytes");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("empty.bin", ""))
                .withMessageContaining("empty");
        handIn("a", "x".repeat(1024));
        handIn("b", "y".repeat(1000));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("c", "z".repeat(25)))
                .withMessageContaining("together");
        handIn("c", "z");
        handIn("d", "z2");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("e", "z3"))
                .withMessageContaining("at most 4 files");
        assertThat(packages.files(release)).extracting(HandedInFile::name).containsExactly("a", "b", "c", "d");
    }

    @Test
    void namesTheFileOfWhichOneByteChanged() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        handIn("CHANGES.md", "what is new");
        SealedPackage sealed = seal();
        Files.writeString(stored(sha256("the service")), "the servicE");

        assertThatExceptionOfType(PackageDiffers.class)
                .isThrownBy(() -> packages.verified(release))
                .withMessageContaining("storefront.jar")
                .satisfies(differs -> assertThat(differs.part()).isEqualTo("storefront.jar"));
        assertThatExceptionOfType(PackageDiffers.class).isThrownBy(() -> packages.verify(release));
        assertThat(condition.obstacles(release, touch(sealed.digest())))
                .singleElement()
                .asString()
                .contains("storefront.jar", "storefront-2.4.0");
    }

    @Test
    void namesEveryFileThatIsGone() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        handIn("CHANGES.md", "what is new");
        SealedPackage sealed = seal();
        Files.delete(stored(sha256("the service")));
        Files.delete(stored(sha256("what is new")));

        assertThat(condition.obstacles(release, touch(sealed.digest())))
                .satisfiesExactly(first -> assertThat(first).contains("CHANGES.md"), second -> assertThat(second)
                        .contains("storefront.jar"));
    }

    @Test
    void findsAManifestThatWasChangedInTheDatabase() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        SealedPackage sealed = seal();
        String forged = packages.manifest(release).orElseThrow().replace(sha256("the service"), sha256("a virus"));
        store.put(bytes("a virus"), 100);
        jdbc.update("update package_seal set manifest = ?", forged);

        assertThatExceptionOfType(PackageDiffers.class)
                .isThrownBy(() -> packages.verified(release))
                .satisfies(differs -> assertThat(differs.part()).isEqualTo("manifest"));
        assertThat(condition.obstacles(release, touch(sealed.digest())))
                .singleElement()
                .asString()
                .contains("manifest");

        jdbc.update("update package_seal set digest = ?", sha256(forged));
        assertThat(condition.obstacles(release, touch(sealed.digest())))
                .as("a forged digest is not the one that was approved")
                .singleElement()
                .asString()
                .contains(sealed.digest());
    }

    @Test
    void findsAManifestOfAnotherRelease() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        seal();
        Manifest foreign = new Manifest(
                "storefront-2.3.0",
                "storefront",
                "2.3.0",
                packages.present(release).orElseThrow().files());
        jdbc.update("update package_seal set manifest = ?, digest = ?", foreign.json(), foreign.digest());

        assertThatExceptionOfType(PackageDiffers.class)
                .isThrownBy(() -> packages.verified(release))
                .satisfies(differs -> assertThat(differs.part()).isEqualTo("manifest"));
    }

    @Test
    void anApprovalSignsDigestAndFiles() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        SealedPackage sealed = seal();

        ApprovalPart.Content content = part.content(release);

        assertThat(content.summary()).contains("1 file of 11 bytes", sealed.digest());
        assertThat(Canonical.json(content.facts())).contains(sealed.digest(), "storefront.jar", sha256("the service"));
    }

    @Test
    void onlyDevelopersOfTheSystemHandInAndBecomeAuthors() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        verify(releases).involve(release.id(), DANA, Part.AUTHOR);

        doThrow(new NotPermitted("This is for Developer."))
                .when(permissions)
                .require(eq(release), eq("p-quentin"), any(Role[].class));
        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> packages.handIn(release, "x.jar", bytes("x"), "p-quentin"));
        assertThatExceptionOfType(NotPermitted.class)
                .isThrownBy(() -> packages.withdraw(release, "storefront.jar", "p-quentin"));
        assertThatExceptionOfType(NotPermitted.class).isThrownBy(() -> packages.declareWhole(release, "p-quentin", ""));

        reset(permissions);
        doThrow(new Refused("Whoever requested a release is another person."))
                .when(releases)
                .mayTake(release.id(), "p-rita", Part.AUTHOR);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> packages.handIn(release, "y.jar", bytes("y"), "p-rita"));
        assertThat(store.exists(sha256("y")))
                .as("refused before a byte is taken")
                .isFalse();
    }

    @Test
    void takesNothingInBeforeItsTurnNorAfterTheEnd() throws IOException {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("storefront.jar", "the service"))
                .withMessageContaining("has not begun");
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> packages.seal(release));

        packages.openRound(release, "packaging-1");
        ReleaseFixture.in(ReleaseState.CANCELLED, release);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> handIn("storefront.jar", "the service"))
                .withMessageContaining("has ended");
    }

    @Test
    void writesDownEveryChange() throws IOException {
        packages.openRound(release, "packaging-1");
        handIn("storefront.jar", "the service");
        handIn("wrong.txt", "wrong");
        packages.withdraw(release, "wrong.txt", DANA);
        verify(briefs, times(3)).renew("storefront-2.4.0", "package-release", "userTask_supplyFiles");
        packages.declareWhole(release, DANA, "built by hand");
        seal();

        for (String action : List.of("openRound", "withdrawFile", "supplyFiles", "seal")) {
            verify(audit).record(argThat(entry -> entry.action().equals("packaging." + action)));
        }
        verify(audit)
                .record(AuditTrail.Entry.of(
                        release.id(),
                        "packaging.handInFile",
                        "storefront.jar",
                        java.util.Map.of(),
                        java.util.Map.of("round", 1, "size", 11L, "sha256", sha256("the service"))));
    }

    private SealedPackage seal() {
        return ((Sealing.Sealed) packages.seal(release)).sealed();
    }

    private HandedInFile handIn(String name, String content) throws IOException {
        return packages.handIn(release, name, bytes(content), DANA);
    }

    private Path stored(String sha256) {
        return Path.of(environment.getRequiredProperty("slipway.artifacts.directory"))
                .resolve("sha256")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private static ProductionTouch touch(String digest) {
        return new ProductionTouch("production", digest, "plan");
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
