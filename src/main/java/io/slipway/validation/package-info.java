/** Whether a release has proved itself in production, and how it is closed. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "platform::process",
            "platform::data",
            "platform::web",
            "platform::security",
            "platform::text",
            "integration::cmdb",
            "integration::incidents",
            "integration::metrics",
            "governance::confirmations"
        })
package io.slipway.validation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
