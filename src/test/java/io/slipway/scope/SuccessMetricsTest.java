package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.metrics.Counts;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsRefused;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.DefectCounts;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.SideProcesses;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Promises whose values nobody types: they come from the metrics of production and from the defects that people linked. */
@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(SuccessMetrics.class)
@MockitoBean(types = {AuditTrail.class, Permissions.class, SideProcesses.class, Obligations.class})
@Capability("1.6")
@SuppressWarnings("NullAway.Init")
class SuccessMetricsTest {

    private static final Instant LIVE = Instant.parse("2026-03-02T09:00:00Z");

    @TestConfiguration
    @EnableConfigurationProperties(MetricSettings.class)
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(LIVE);
        }

        @Bean
        Known before() {
            return new Known(DefectCounts.Found.BEFORE);
        }

        @Bean
        Known escaped() {
            return new Known(DefectCounts.Found.BY_USERS);
        }
    }

    /** What a phase would count. */
    static final class Known implements DefectCounts {

        private final Found found;
        private Optional<Long> number = Optional.empty();

        Known(Found found) {
            this.found = found;
        }

        @Override
        public Found found() {
            return found;
        }

        @Override
        public Optional<Long> count(Release release) {
            return number;
        }
    }

    @Autowired
    private SuccessMetrics promises;

    @Autowired
    private SettableClock clock;

    @Autowired
    private Known before;

    @Autowired
    private Known escaped;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Metrics metrics;

    @MockitoBean
    private Landscape landscape;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void promised() {
        jdbc.update("delete from success_metric");
        jdbc.update("delete from metric_verdict");
        clock.set(LIVE.plusSeconds(86_400));
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("storefront")).thenReturn(production);
    }

    private void promise(String key, String target, SuccessMetrics.Direction direction, SuccessMetrics.Origin source) {
        promises.declare(
                release,
                "p-paul",
                new SuccessMetrics.Metric(
                        key, key, "as the source counts", BigDecimal.TEN, new BigDecimal(target), direction, source));
    }

    @Test
    void uptimeAndErrorRateAreReadFromProductionSinceGoingLive() {
        promise("uptime", "99.5", SuccessMetrics.Direction.AT_LEAST, SuccessMetrics.Origin.AVAILABILITY);
        promise("errors", "0.5", SuccessMetrics.Direction.AT_MOST, SuccessMetrics.Origin.ERROR_RATE);
        when(metrics.counts(any(), any())).thenReturn(new Counts(true, 1_000, 10));

        assertThat(promises.read(release, LIVE, 0)).isEmpty();

        assertThat(promises.verdicts(release)).hasSize(2).allSatisfy(judged -> {
            assertThat(judged.verdict()).isEqualTo(SuccessMetrics.Verdict.MISSED);
            assertThat(judged.person()).isNull();
        });
        assertThat(promises.verdicts(release))
                .extracting(SuccessMetrics.Judged::measured)
                .containsExactlyInAnyOrder("99.0000", "1.0000");
        assertThat(promises.read(release, LIVE, 0))
                .as("judged once an evaluation")
                .isEmpty();
        assertThat(promises.verdicts(release)).hasSize(2);
    }

    @Test
    void whatTheSourceDoesNotKnowIsAskedOfAPersonAndNeverTakenForGood() {
        promise("uptime", "99.5", SuccessMetrics.Direction.AT_LEAST, SuccessMetrics.Origin.AVAILABILITY);
        when(metrics.counts(any(), any())).thenReturn(Counts.UNKNOWN);
        assertThat(promises.read(release, LIVE, 0)).containsExactly("uptime");
        when(metrics.counts(any(), any())).thenReturn(new Counts(true, 0, 0));
        assertThat(promises.read(release, LIVE, 0)).containsExactly("uptime");
        when(metrics.counts(any(), any())).thenThrow(new MetricsRefused("no such series"));
        assertThat(promises.read(release, LIVE, 0)).containsExactly("uptime");
        assertThat(promises.verdicts(release)).isEmpty();
    }

    @Test
    void theDefectEscapeRateCountsWhatUsersFoundOfAllThatWasFound() {
        promise("escapes", "10", SuccessMetrics.Direction.AT_MOST, SuccessMetrics.Origin.DEFECT_ESCAPE_RATE);
        before.number = Optional.of(9L);
        escaped.number = Optional.of(3L);
        assertThat(promises.read(release, LIVE, 0)).isEmpty();
        assertThat(promises.verdicts(release)).singleElement().satisfies(judged -> {
            assertThat(judged.measured()).isEqualTo("25.00");
            assertThat(judged.verdict()).isEqualTo(SuccessMetrics.Verdict.MISSED);
        });
    }

    @Test
    void aReleaseWhoseDefectsNobodyCountedHasNoEscapeRate() {
        promise("escapes", "10", SuccessMetrics.Direction.AT_MOST, SuccessMetrics.Origin.DEFECT_ESCAPE_RATE);
        for (List<Optional<Long>> known : List.of(
                List.of(Optional.<Long>empty(), Optional.of(0L)),
                List.of(Optional.of(4L), Optional.<Long>empty()),
                List.of(Optional.of(0L), Optional.of(0L)))) {
            before.number = known.get(0);
            escaped.number = known.get(1);
            assertThat(promises.read(release, LIVE, 0)).containsExactly("escapes");
        }
    }
}
