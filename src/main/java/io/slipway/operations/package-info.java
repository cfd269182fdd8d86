/** Whether the program itself is well: its nodes, its work, what it needs, and alarms where it is not. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "integration::artifacts",
            "integration::targets",
            "platform::nodes",
            "platform::security",
            "platform::web",
            "platform::text"
        })
package io.slipway.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
