package io.slipway.schedule.staffing;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who has to be there in a window.
 *
 * @param functions groups of roles that need a person each
 * @param answer how long a named person has to answer before a backup is asked
 */
@ConfigurationProperties("slipway.schedule.staffing")
record StaffingSettings(
        @DefaultValue({"release-manager", "developer", "qa", "operations", "security", "service-desk"})
        List<String> functions,

        @DefaultValue("PT4H") Duration answer) {

    StaffingSettings {
        functions = List.copyOf(functions);
        if (functions.size() > StaffingPlan.MOST_FUNCTIONS || new HashSet<>(functions).size() != functions.size()) {
            throw new IllegalArgumentException("slipway.schedule.staffing.functions names at most "
                    + StaffingPlan.MOST_FUNCTIONS + " roles, and none twice");
        }
    }
}
