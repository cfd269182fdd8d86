/** Change tickets, approvals, waivers, confirmations and the audit trail: who said yes to what, and how that is believed later. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release::web",
            "platform::process",
            "platform::data",
            "platform::security",
            "integration::changes",
            "integration::incidents",
            "platform::web",
            "platform::text"
        })
package io.slipway.governance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
