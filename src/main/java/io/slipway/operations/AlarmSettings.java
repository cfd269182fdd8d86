package io.slipway.operations;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When operations is called.
 *
 * @param every time between two looks
 * @param jobsLate a job that is due for longer is not taken by any node
 * @param clockOff a node whose clock differs by more from the database's judges leases wrongly
 * @param effectsLate an effect that is under way or in doubt for longer is not looked after by anybody
 */
@ConfigurationProperties("slipway.alarms")
record AlarmSettings(
        @DefaultValue("PT15S") Duration every,
        @DefaultValue("PT5M") Duration jobsLate,
        @DefaultValue("PT5S") Duration clockOff,
        @DefaultValue("PT10M") Duration effectsLate) {}
