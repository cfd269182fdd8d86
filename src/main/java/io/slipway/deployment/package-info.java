/** How a sealed package reaches an environment, what runs where, and how a deployment is taken back. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "release",
            "release :: web",
            "integration :: artifacts",
            "integration :: metrics",
            "integration :: sources",
            "integration :: targets",
            "platform :: data",
            "platform :: http",
            "platform :: ledger",
            "platform :: process",
            "platform :: security",
            "platform :: web",
            "platform :: text"
        })
package io.slipway.deployment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
