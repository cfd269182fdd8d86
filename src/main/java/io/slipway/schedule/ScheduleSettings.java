package io.slipway.schedule;

import io.slipway.release.Role;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How releases are scheduled.
 *
 * @param readinessFunctions groups of the roles that say whether they are ready; at least one, none twice
 * @param emergencyWindow how long the window of an emergency lasts
 */
@ConfigurationProperties("slipway.schedule")
record ScheduleSettings(
        @DefaultValue({"qa", "security", "operations", "service-desk"})
        List<String> readinessFunctions,

        @DefaultValue("PT4H") Duration emergencyWindow) {

    ScheduleSettings {
        readinessFunctions = List.copyOf(readinessFunctions);
        if (readinessFunctions.isEmpty() || new HashSet<>(readinessFunctions).size() != readinessFunctions.size()) {
            throw new IllegalArgumentException(
                    "slipway.schedule.readiness-functions needs at least one role, and none twice");
        }
        readinessFunctions.forEach(function -> {
            if (Role.ofGroup(function).isEmpty()) {
                throw new IllegalArgumentException(
                        "slipway.schedule.readiness-functions names '" + function + "', which is no role");
            }
        });
        if (emergencyWindow.toSeconds() < 1 || emergencyWindow.compareTo(Duration.ofHours(4)) > 0) {
            throw new IllegalArgumentException("slipway.schedule.emergency-window must be from PT1S to PT4H");
        }
    }
}
