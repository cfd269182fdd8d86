package io.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.metrics.Metrics;
import io.slipway.integration.metrics.MetricsUnavailable;
import io.slipway.integration.metrics.Series;
import io.slipway.integration.metrics.Span;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.validation.analysis.AnalysisSettings;
import io.slipway.validation.analysis.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
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

/** An evening after a deployment, against the same hours of earlier weeks. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.analysis.baseline=SAME_HOURS",
            "slipway.analysis.step=PT30S",
            "slipway.analysis.metrics.storefront[0].metric=latency_mean",
            "slipway.analysis.metrics.storefront[0].material=0.2"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(Comparisons.class)
@MockitoBean(types = {AuditTrail.class, Permissions.class})
@Capability("7.2")
@SuppressWarnings("NullAway.Init")
class ComparisonsTest {

    private static final Instant LIVE = Instant.parse("2026-03-02T18:00:00Z");
    private static final Duration EVENING = Duration.ofHours(1);

    @TestConfiguration
    @EnableConfigurationProperties(AnalysisSettings.class)
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(LIVE);
        }
    }

    @Autowired
    private Comparisons comparisons;

    @Autowired
    private ValidationRepository validations;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Metrics metrics;

    @MockitoBean
    private Landscape landscape;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void liveForAnEvening() {
        jdbc.update("delete from metric_comparison");
        jdbc.update("delete from validation");
        clock.set(LIVE.plus(EVENING));
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("storefront")).thenReturn(production);
        validations.saveAndFlush(new Validation(
                release.id(),
                "d".repeat(64),
                new ValidationSettings.Rhythm(2, 2, Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(2)),
                LIVE));
    }

    /** What a span measures, by how many weeks before the evening it lies; a negative level measures nothing. */
    private void measured(DoubleUnaryOperator levelOfWeek, double hourBefore) {
        when(metrics.series(any(), any(), any(), any())).thenAnswer(call -> {
            Span span = call.getArgument(2);
            long hours = Duration.between(span.from(), LIVE).toHours();
            double level = hours % 168 == 0 ? levelOfWeek.applyAsDouble(hours / 168.0) : hourBefore;
            return new Series(
                    "latency_mean",
                    level < 0
                            ? List.of()
                            : IntStream.range(0, 120)
                                    .mapToObj(i ->
                                            new Series.Point(span.from().plusSeconds(30L * i), level + (i % 7) * 0.001))
                                    .toList());
        });
    }

    @Test
    void comparesWithTheSameHoursOfEarlierWeeksAndNotWithTheQuietHourBefore() {
        measured(week -> 0.2, 0.02);
        assertThat(comparisons.compare(release)).isEqualTo(Comparisons.Answer.PASS);
        assertThat(comparisons.newest(release)).hasValueSatisfying(comparison -> {
            assertThat(comparison.baseline()).isEqualTo("The same hours of 4 earlier weeks.");
            assertThat(comparison.verdict()).isEqualTo(Verdict.PASS);
            assertThat(comparison.metrics().get(0).medianBefore()).isBetween(0.2, 0.21);
        });
    }

    @Test
    void rejectsWhatIsWorseThanEveryEarlierWeek() {
        measured(week -> week == 0 ? 0.5 : 0.2, 0.5);
        assertThat(comparisons.compare(release)).isEqualTo(Comparisons.Answer.REJECT);
    }

    @Test
    void oneBadWeekAmongTheEarlierOnesIsNoReasonToReject() {
        measured(week -> week == 0 || week == 3 ? 0.5 : 0.2, 0.5);
        assertThat(comparisons.compare(release)).isNotEqualTo(Comparisons.Answer.REJECT);
    }

    @Test
    void weeksInWhichNothingWasMeasuredAreLeftOut() {
        measured(week -> week > 1 ? -1 : 0.2, 0.02);
        comparisons.compare(release);
        assertThat(comparisons.newest(release).orElseThrow().baseline())
                .isEqualTo("The same hours of 1 earlier weeks.");
    }

    @Test
    void aNewSystemIsComparedWithTheHourBeforeAndSaysSo() {
        measured(week -> week > 0 ? -1 : 0.2, 0.2);
        comparisons.compare(release);
        assertThat(comparisons.newest(release).orElseThrow().baseline())
                .startsWith("As long before the release was live; nothing was measured in earlier weeks");
    }

    @Test
    void aSourceThatDoesNotAnswerIsInconclusive() {
        when(metrics.series(any(), any(), any(), any())).thenThrow(new MetricsUnavailable("no answer", null));
        comparisons.compare(release);
        assertThat(comparisons.newest(release).orElseThrow().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
