package io.slipway.schedule.milestones;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When milestones are expected around the window of a release.
 *
 * @param built how long before its start the release is built
 * @param approved how long before its start it is approved
 * @param live how long after its end it has proved itself
 * @param closed how long after its end it is closed
 * @param tolerance what counts as in time
 */
@ConfigurationProperties("slipway.schedule.milestones")
record MilestoneSettings(
        @DefaultValue("P2D") Duration built,
        @DefaultValue("P1D") Duration approved,
        @DefaultValue("PT2H") Duration live,
        @DefaultValue("P7D") Duration closed,
        @DefaultValue("PT15M") Duration tolerance) {}
