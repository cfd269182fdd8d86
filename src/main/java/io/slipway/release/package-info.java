/** The kernel: what a release is, who has which part in it, and where the phases contribute what must be asked of the whole. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform::data",
            "platform::process",
            "platform::web",
            "platform::security",
            "platform::text"
        })
package io.slipway.release;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
