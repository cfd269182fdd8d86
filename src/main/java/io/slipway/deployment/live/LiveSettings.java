package io.slipway.deployment.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what happens is pushed to people.
 *
 * @param look time between two looks at a release that somebody watches; however many watch it, it is looked at once
 * @param heartbeat longest silence
 * @param longest how long a connection stays open; browsers open the next one by themselves, and are asked who they are again
 * @param connections most connections of all people together
 * @param perPerson most connections of one person
 * @param usualStep how long a step is planned to last that no lower environment has seen
 * @param before how long before the deployment the run sheet begins
 */
@ConfigurationProperties(value = "slipway.live", ignoreUnknownFields = false)
public record LiveSettings(
        @DefaultValue("PT1S") Duration look,
        @DefaultValue("PT15S") Duration heartbeat,
        @DefaultValue("PT10M") Duration longest,
        @DefaultValue("200") int connections,
        @DefaultValue("6") int perPerson,
        @DefaultValue("PT30S") Duration usualStep,
        @DefaultValue("P1D") Duration before) {

    /** Refuses a page that would never hear anything. */
    public LiveSettings {
        if (look.toMillis() < 100 || heartbeat.compareTo(look) < 0 || connections < 1 || perPerson < 1) {
            throw new IllegalArgumentException("slipway.live needs a look of at least 100 ms, a heartbeat no shorter"
                    + " than that, and at least one connection");
        }
    }
}
