package io.slipway.schedule;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.release.AuditTrail;
import io.slipway.release.Environment;
import io.slipway.release.EnvironmentSites;
import io.slipway.release.Landscape;
import io.slipway.release.Permissions;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import io.slipway.schedule.calendars.Calendars;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The schedule on a real database, with a clock that the test moves and a kernel that only remembers the window. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "spring.jpa.show-sql=false",
            "slipway.schedule.readiness-functions=qa,security,operations,service-desk"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    ScheduleFixture.Ground.class,
    Blackouts.class,
    Calendars.class,
    Windows.class,
    Readiness.class,
    WindowPart.class,
    WindowCondition.class,
    ReadinessCondition.class
})
@SuppressWarnings("NullAway.Init")
abstract class ScheduleFixture {

    static final String RITA = "p-rita";
    static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    static final ProductionTouch PRODUCTION = new ProductionTouch("production", "p", "d");

    /** A clock that stands still until it is moved. */
    static final class StillClock extends Clock {

        private Instant now = NINE;

        void set(Instant moment) {
            this.now = moment;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @TestConfiguration
    @EnableConfigurationProperties(ScheduleSettings.class)
    static class Ground {

        @Bean
        StillClock clock() {
            return new StillClock();
        }
    }

    @Autowired
    StillClock clock;

    @Autowired
    Blackouts blackouts;

    @Autowired
    Windows windows;

    @Autowired
    Readiness readiness;

    @Autowired
    WindowPart part;

    @Autowired
    WindowCondition windowCondition;

    @Autowired
    ReadinessCondition readinessCondition;

    @Autowired
    Calendars calendars;

    @MockitoBean
    EnvironmentSites sites;

    @MockitoBean
    Releases releases;

    @MockitoBean
    Landscape landscape;

    @MockitoBean
    Permissions permissions;

    @MockitoBean
    AuditTrail audit;

    Release release = ReleaseFixture.storefront("2.4." + System.nanoTime());

    @BeforeEach
    void itIsNine() {
        clock.set(NINE);
        when(sites.site(any(), any())).thenReturn(EnvironmentSites.Site.PLAIN);
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("storefront")).thenReturn(production);
        doAnswer(call -> ReleaseFixture.planned(call.getArgument(1), call.getArgument(2), release))
                .when(releases)
                .planWindow(any(), any(), any());
    }

    static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + ":00Z");
    }

    Blackout blackout(String name, String from, String to) {
        return blackouts.enter(RITA, new NewBlackout(name, null, null, at(from), at(to), "Europe/Zurich"));
    }

    void propose(String from, int minutes) {
        windows.propose(release, RITA, at(from), Duration.ofMinutes(minutes), "quiet hours");
    }

    void planned(String from, int minutes) {
        windows.openRound(release);
        propose(from, minutes);
        windows.check(release);
        windows.plan(release);
    }
}
