package io.slipway.platform.ledger;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient the ledger is. All of it together stays well below the time for which the engine locks a job.
 *
 * @param lease after this time another worker may take over what somebody began
 * @param probes waits before each probe of an effect in doubt
 * @param limit after this time in one call no further probe is begun
 * @param sends how often one call sends an effect at most, each time after a probe found nothing changed
 */
@ConfigurationProperties("slipway.ledger")
public record LedgerSettings(
        @DefaultValue("PT30S") Duration lease,

        @DefaultValue({"PT0S", "PT0.2S", "PT0.5S", "PT1S", "PT2S", "PT4S"})
        List<Duration> probes,

        @DefaultValue("PT12S") Duration limit,
        @DefaultValue("3") int sends) {

    /** Keeps the waits as they are now. */
    public LedgerSettings {
        probes = List.copyOf(probes);
        if (probes.isEmpty() || sends < 1) {
            throw new IllegalArgumentException("An effect is sent and probed at least once");
        }
    }
}
