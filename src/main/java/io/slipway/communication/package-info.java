/** Who is told what: notices, mails, the executive summary, delays, escalation and the archive of what was sent to whom. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "integration::channels",
            "platform::nodes",
            "platform::process",
            "platform::data",
            "platform::security",
            "platform::time",
            "platform::web",
            "platform::text"
        })
package io.slipway.communication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
