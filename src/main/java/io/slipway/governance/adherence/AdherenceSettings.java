package io.slipway.governance.adherence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How releases are reviewed.
 *
 * @param interval how often; zero reviews once and ends
 * @param hasty a decision faster than this was hardly thought about
 * @param afterApproval a deployment sooner than this after the last approval is looked at
 * @param correctedWithin until when a finding must be corrected
 */
@ConfigurationProperties("slipway.governance.adherence")
public record AdherenceSettings(
        @DefaultValue("P1D") Duration interval,
        @DefaultValue("PT10S") Duration hasty,
        @DefaultValue("PT60S") Duration afterApproval,
        @DefaultValue("P14D") Duration correctedWithin) {}
