package io.slipway.governance.approvals;

import io.slipway.release.ReleaseClass;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an approval holds.
 *
 * @param validity time for a class that is not named, or not known
 * @param validityByClass time by class of the release
 */
@ConfigurationProperties(value = "slipway.approvals", ignoreUnknownFields = false)
public record ApprovalSettings(
        @DefaultValue("P14D") Duration validity,
        @DefaultValue Map<ReleaseClass, Duration> validityByClass) {

    Duration validityOf(Iterable<ReleaseClass> known) {
        for (ReleaseClass releaseClass : known) {
            return validityByClass.getOrDefault(releaseClass, validity);
        }
        return validity;
    }
}
