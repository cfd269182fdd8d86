/** When a release may go to production: windows, the calendar of blackouts, readiness and the go. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "platform::data",
            "platform::process",
            "platform::security",
            "platform::web",
            "integration::incidents",
            "integration::roster",
            "integration::planning",
            "platform::ledger",
            "platform::text"
        })
package io.slipway.schedule;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
