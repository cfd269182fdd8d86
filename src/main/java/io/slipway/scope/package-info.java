/** Decides what a release contains, how much care that needs, and when its development is finished. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "integration::metrics",
            "integration::probes",
            "integration::sources",
            "platform::nodes",
            "platform::process",
            "platform::data",
            "platform::security",
            "platform::web",
            "platform::text"
        })
package io.slipway.scope;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
