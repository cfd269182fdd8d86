package io.slipway.demo;

import io.slipway.release.Releases;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.NewBlackout;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one system of the demo, as its configuration names it, and a calendar that keeps the next days free. */
@Component
@Profile("demo")
public class SampleLandscape {

    /** Key of the system. */
    public static final String SYSTEM = "storefront";

    /** Key of the environment that users reach. */
    public static final String PRODUCTION = "production";

    /** Keys of the environments, in the order in which a release passes them. */
    static final List<String> ENVIRONMENTS = List.of("development", "staging", PRODUCTION);

    private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");

    private final Releases releases;
    private final Blackouts blackouts;
    private final Clock clock;

    SampleLandscape(Releases releases, Blackouts blackouts, Clock clock) {
        this.releases = releases;
        this.blackouts = blackouts;
        this.clock = clock;
    }

    /**
     * Enters the calendar before the first release; later it is left to the people.
     *
     * @param releaseManager opaque id of the person in whose name the calendar is kept
     */
    @Transactional
    public void open(String releaseManager) {
        if (releases.existFor(SYSTEM) || blackouts.list(Pageable.ofSize(1)).hasContent()) {
            return;
        }
        block(releaseManager, "Maintenance of the data centre", SYSTEM, "staging", 3, 1);
        block(releaseManager, "Financial close", null, null, 9, 2);
        block(releaseManager, "Sale weekend", SYSTEM, PRODUCTION, 23, 3);
        block(releaseManager, "Annual audit of the books", null, null, 60, 5);
    }

    private void block(
            String person,
            String name,
            @Nullable String system,
            @Nullable String environment,
            int daysFromNow,
            int days) {
        LocalDate first = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(daysFromNow);
        blackouts.enter(
                person,
                new NewBlackout(
                        name,
                        system,
                        environment,
                        first.atStartOfDay(ZONE).toInstant(),
                        first.plusDays(days).atStartOfDay(ZONE).toInstant(),
                        ZONE.getId()));
    }
}
