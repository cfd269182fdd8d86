/** Whether a release may pass from one environment to the next: evidence, the gate and the waiver that is asked for. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "integration::artifacts",
            "platform::process",
            "platform::data",
            "platform::security",
            "platform::web",
            "platform::text"
        })
package io.slipway.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
