package io.slipway.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import io.slipway.release.StoredIds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({LatestTestEvidence.class, DefectsFoundBefore.class})
@Capability("1.4")
@SuppressWarnings("NullAway.Init")
class LatestTestEvidenceTest {

    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    @Autowired
    private LatestTestEvidence evidence;

    @Autowired
    private DefectsFoundBefore defects;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private SealedPackages packages;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void nothingIsHandedIn() {
        jdbc.update("delete from gate_evidence");
    }

    private void handedIn(String digest, String kind, int total, int failed, String failures) {
        jdbc.update(
                "insert into gate_evidence (release_id, round_number, environment_key, package_digest, name, size, sha256,"
                        + " tests_total, tests_failed, tests_skipped, tests_flaky, failures, remarks, supplied_by, supplied_at,"
                        + " kind) values (?, 1, 'staging', ?, 'report', 1, ?, ?, ?, 0, 0, ?, '', 'p-quinn',"
                        + " '2026-03-02 09:00:00', ?)",
                StoredIds.bytes(release),
                digest,
                digest,
                total,
                failed,
                failures,
                kind);
    }

    private void sealed(String digest) {
        when(packages.present(release))
                .thenReturn(Optional.of(new SealedPackage(1, digest, "storefront.jar", List.of())));
    }

    @Test
    void saysWhetherTheNewestResultsAreOfThePackageThatIsShipped() {
        sealed(OLD);
        assertThat(evidence.latest(release)).isEmpty();
        handedIn(OLD, "TESTS", 240, 0, "");
        assertThat(evidence.latest(release)).hasValueSatisfying(found -> {
            assertThat(found.passed()).isTrue();
            assertThat(found.presentPackage()).isTrue();
        });
        sealed(NEW);
        assertThat(evidence.latest(release).orElseThrow().presentPackage()).isFalse();
        when(packages.present(release)).thenReturn(Optional.empty());
        assertThat(evidence.latest(release).orElseThrow().presentPackage()).isFalse();
    }

    @Test
    void aScanThatCameAfterTheTestsHidesThemNot() {
        sealed(OLD);
        handedIn(OLD, "TESTS", 240, 0, "");
        handedIn(OLD, "SECURITY", 0, 0, "");
        assertThat(evidence.latest(release).orElseThrow().passed()).isTrue();
    }

    @Test
    void countsEveryTestThatEverFailedOnce() {
        assertThat(defects.count(release)).as("nobody has looked").isEmpty();
        handedIn(OLD, "TESTS", 240, 0, "");
        assertThat(defects.count(release)).contains(0L);
        handedIn(OLD, "TESTS", 240, 2, "store.CartTest.total\nstore.CartTest.discount");
        handedIn(NEW, "TESTS", 240, 1, "store.CartTest.total");
        assertThat(defects.count(release)).contains(2L);
    }
}
