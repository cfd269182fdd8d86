package io.slipway.quality.exemptions;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of exemptions.
 *
 * @param longest longest time until the check that is owed
 * @param many as many overdue ones of a system raise its risk by two levels; fewer by one
 */
@ConfigurationProperties("slipway.quality.exemptions")
record ExemptionSettings(
        @DefaultValue("P30D") Duration longest,
        @DefaultValue("3") int many) {}
