package io.slipway.quality.selection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tests are chosen.
 *
 * @param unchanged percent of its risk that a test keeps when its component was not changed
 * @param patience how long the search for the best choice may take
 * @param omittedDue how long after the release what was left out has to be run
 */
@ConfigurationProperties("slipway.quality.selection")
record SelectionSettings(
        @DefaultValue("10") int unchanged,
        @DefaultValue("PT3S") Duration patience,
        @DefaultValue("P7D") Duration omittedDue) {}
