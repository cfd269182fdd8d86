package io.slipway.integration.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every planning tool must do, whoever keeps it. */
@Capability("2.5")
public abstract class PlanningToolContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** The tool under test. */
    protected abstract PlanningTool tool();

    /** What the tool knows as the forecast of a milestone, after everything that it was told. */
    protected abstract Optional<Instant> forecast(String release, String milestone);

    private final String release = "shop-" + UUID.randomUUID();

    private MilestoneChange change(String id, Instant forecast) {
        return new MilestoneChange(
                id, release, "LIVE", NOON, forecast, Optional.empty(), Optional.of("\"Approve\" <b>"));
    }

    @Test
    void knowsWhatItWasToldLast() {
        tool().push(change(UUID.randomUUID().toString(), NOON));
        tool().push(change(UUID.randomUUID().toString(), NOON.plusSeconds(60)));

        assertThat(forecast(release, "LIVE")).contains(NOON.plusSeconds(60));
        assertThat(forecast(release, "CLOSED")).isEmpty();
    }

    @Test
    void aRepetitionChangesNothing() {
        String id = UUID.randomUUID().toString();
        tool().push(change(id, NOON));
        tool().push(change(id, NOON));

        assertThat(forecast(release, "LIVE")).contains(NOON);
    }

    @Test
    void refusesAnIdThatCannotBeSigned() {
        assertThatExceptionOfType(PlanningToolRefused.class).isThrownBy(() -> tool().push(change("a.b", NOON)));
        assertThat(forecast(release, "LIVE")).isEmpty();
    }
}
