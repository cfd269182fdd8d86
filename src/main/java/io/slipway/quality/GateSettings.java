package io.slipway.quality;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the quality gate.
 *
 * @param report most bytes of one report
 * @param reports most reports of one gate
 * @param longestWaiver longest time for which a waiver can be asked
 */
@ConfigurationProperties("slipway.quality")
record GateSettings(
        @DefaultValue("20MB") DataSize report,
        @DefaultValue("500") int reports,
        @DefaultValue("P30D") Duration longestWaiver) {}
