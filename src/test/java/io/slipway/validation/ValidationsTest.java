package io.slipway.validation;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.slipway.Capability;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.SealedPackage;
import io.slipway.release.SealedPackages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

/** Releases are watched on a real database and over real HTTP. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.validation.timeout=PT10S",
            "slipway.validation.usual.passes=2",
            "slipway.validation.usual.pause=PT10S",
            "slipway.validation.usual.bake=PT30S",
            "slipway.validation.usual.hypercare=PT2H",
            "slipway.validation.classes.MAJOR.passes=2",
            "slipway.validation.classes.MAJOR.of=3",
            "slipway.validation.classes.MAJOR.pause=PT1S",
            "slipway.validation.classes.MAJOR.bake=PT0S",
            "slipway.validation.classes.EMERGENCY.passes=1",
            "slipway.validation.classes.EMERGENCY.pause=PT1S",
            "slipway.validation.classes.EMERGENCY.bake=PT0S",
            "slipway.validation.classes.EMERGENCY.hypercare=PT24H",
            "slipway.validation.checks.storefront[0].name=See the products",
            "slipway.validation.checks.storefront[0].path=/products",
            "slipway.validation.checks.storefront[0].expect[0].pointer=/count",
            "slipway.validation.checks.storefront[0].expect[0].equal=7"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(Validations.class)
@MockitoBean(types = {AuditTrail.class, Comparisons.class})
@Capability("7.1")
@SuppressWarnings("NullAway.Init")
class ValidationsTest {

    private static final String OWN = "d".repeat(64);
    private static final Instant START = Instant.parse("2026-03-02T09:00:00.250Z");

    @RegisterExtension
    static final WireMockExtension SHOP = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @TestConfiguration
    @EnableConfigurationProperties(ValidationSettings.class)
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(START);
        }
    }

    @Autowired
    private Validations validations;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Landscape landscape;

    @MockitoBean
    private LiveSystems lives;

    @MockitoBean
    private SealedPackages packages;

    private final Release release = ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());

    @BeforeEach
    void begin() {
        jdbc.update("delete from synthetic_run");
        jdbc.update("delete from validation");
        clock.set(START);
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("storefront")).thenReturn(production);
        live("2.4.0", OWN);
        sealed(OWN);
        SHOP.stubFor(get("/products").willReturn(okJson("{\"count\":7}")));
    }

    private void live(String version, String digest) {
        when(lives.of("storefront", "production"))
                .thenReturn(Optional.of(new LiveSystems.Live(version, digest, SHOP.baseUrl())));
    }

    private void sealed(String digest) {
        when(packages.present(release))
                .thenReturn(Optional.of(new SealedPackage(1, digest, "storefront.jar", List.of())));
    }

    @Test
    void onlyTheReleasesOwnPackageInProductionIsWatched() {
        live("2.3.0", OWN);
        refuses("version 2.3.0 with package " + OWN + " is live there");
        live("2.4.0", "e".repeat(64));
        refuses("version 2.4.0 with package " + "e".repeat(64) + " is live there");
        when(lives.of("storefront", "production")).thenReturn(Optional.empty());
        refuses("nothing is live there");
        when(lives.of("storefront", "staging"))
                .thenReturn(Optional.of(new LiveSystems.Live("2.4.0", OWN, SHOP.baseUrl())));
        refuses("nothing is live there");
        live("2.4.0", OWN);
        sealed("e".repeat(64));
        refuses("its own package is " + "e".repeat(64));
        when(packages.present(release)).thenReturn(Optional.empty());
        refuses("please move the token back to the step 'Package release'");

        assertThat(validations.newest(release)).isEmpty();
        sealed(OWN);
        validations.open(release);
        assertThat(validations.newest(release)).isPresent();
    }

    private void refuses(String because) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> validations.open(release))
                .withMessageContaining(because)
                .withMessageContaining("please move the token back");
    }

    @Test
    void bakesWhenEnoughChecksPassedForLongEnough() {
        validations.open(release);
        Validations.Outcome first = validations.check(release);
        assertThat(first.passed()).isTrue();
        assertThat(first.baked()).isFalse();
        assertThat(first.next()).isEqualTo(Instant.parse("2026-03-02T09:00:11Z"));

        clock.set(first.next());
        assertThat(validations.check(release).baked()).isFalse();

        clock.set(START.plusSeconds(25));
        Validations.Outcome third = validations.check(release);
        assertThat(third.baked()).isFalse();
        assertThat(third.next()).isEqualTo(Instant.parse("2026-03-02T09:00:31Z"));

        clock.set(third.next());
        assertThat(validations.check(release)).satisfies(fourth -> {
            assertThat(fourth.passed()).isTrue();
            assertThat(fourth.baked()).isTrue();
        });
        assertThat(validations.startHypercare(release)).isEqualTo(third.next().plus(Duration.ofHours(2)));
        clock.advance(Duration.ofMinutes(1));
        assertThat(validations.startHypercare(release)).isEqualTo(third.next().plus(Duration.ofHours(2)));
    }

    @Test
    void timeAloneBakesNothing() {
        validations.open(release);
        clock.advance(Duration.ofHours(1));

        assertThat(validations.check(release).baked()).isFalse();
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> validations.startHypercare(release));
        assertThat(validations.check(release).baked()).isTrue();
    }

    @Test
    void anEmergencyHasARhythmOfItsOwn() {
        ReleaseFixture.classified(ReleaseClass.EMERGENCY, release);
        validations.open(release);

        assertThat(validations.check(release).baked()).isTrue();
        assertThat(validations.startHypercare(release)).isEqualTo(START.plus(Duration.ofHours(24)));
    }

    @Test
    void twoOfTheLastThreeChecksAreEnoughWhereTheRhythmSaysSo() {
        ReleaseFixture.classified(ReleaseClass.MAJOR, release);
        validations.open(release);
        assertThat(checked(7).baked()).as("one has passed").isFalse();
        assertThat(checked(6).passed()).as("one of three may fail").isTrue();
        assertThat(checked(7).baked()).as("two of three have passed").isTrue();

        assertThat(checked(6).passed()).as("two of the last three failed").isFalse();
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> validations.startHypercare(release));
    }

    private Validations.Outcome checked(int products) {
        SHOP.stubFor(get("/products").willReturn(okJson("{\"count\":" + products + "}")));
        clock.advance(Duration.ofSeconds(1));
        return validations.check(release);
    }

    @Test
    void aFailedCheckIsKeptAsEvidence() {
        SHOP.stubFor(get("/products").willReturn(okJson("{\"count\":6}")));
        validations.open(release);

        assertThat(validations.check(release).passed()).isFalse();
        assertThat(validations.runs(release, 5)).singleElement().satisfies(run -> {
            assertThat(run.passed()).isFalse();
            assertThat(run.failure()).isEqualTo("See the products: /count was 6 instead of 7");
            assertThat(run.liveVersion()).isEqualTo("2.4.0");
            assertThat(run.steps()).hasSize(2);
        });
        clock.advance(Duration.ofHours(1));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> validations.startHypercare(release));
    }

    @Test
    void aCheckOfSomethingElseThanTheReleaseFails() {
        validations.open(release);
        live("2.3.0", "d".repeat(64));
        assertThat(validations.check(release).passed()).isFalse();
        live("2.4.0", "e".repeat(64));
        assertThat(validations.check(release).passed()).isFalse();
        when(lives.of("storefront", "production")).thenReturn(Optional.empty());
        assertThat(validations.check(release).passed()).isFalse();

        assertThat(validations.runs(release, 1).get(0).failure())
                .isEqualTo("Find the release live: version was nothing instead of 2.4.0");
        SHOP.verify(
                0,
                com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(
                        com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo("/products")));
    }

    @Test
    void aReleaseThatGoesLiveAgainIsWatchedAnew() {
        validations.open(release);
        validations.check(release);
        clock.advance(Duration.ofMinutes(5));
        validations.open(release);

        assertThat(validations.newest(release).map(Validation::bakedAt))
                .contains(START.plus(Duration.ofMinutes(5)).plusSeconds(30));
        assertThat(validations.check(release).baked()).isFalse();
        assertThat(validations.runs(release, 10)).hasSize(2);
    }

    @Test
    @Capability("X1")
    void aSystemWithoutChecksDoesNotPass() {
        Release emergency = ReleaseFixture.emergency();

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> validations.check(emergency))
                .withMessageContaining("Open validation");
        ValidationSettings none = new ValidationSettings(
                new ValidationSettings.Rhythm(1, 1, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO),
                java.util.Map.of(),
                Duration.ofSeconds(1),
                java.util.Map.of(),
                java.util.Map.of());
        Validations without = new Validations(
                mock(ValidationRepository.class),
                mock(SyntheticRunRepository.class),
                none,
                landscape,
                lives,
                packages,
                mock(Comparisons.class),
                entry -> {},
                clock);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> without.open(release))
                .withMessageContaining("slipway.validation.checks.storefront");
    }
}
