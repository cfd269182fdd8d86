/** The demo: a small real service that is released, its people and environments, and two releases that go by themselves. */
@NullMarked
@ApplicationModule(
        displayName = "Demo",
        allowedDependencies = {
            "agent",
            "communication",
            "deployment",
            "governance::confirmations",
            "integration::targets",
            "packaging",
            "platform::process",
            "platform::security",
            "quality",
            "quality::board",
            "release",
            "release::web",
            "schedule",
            "schedule::incidents",
            "schedule::lockdowns",
            "integration::incidents",
            "validation::operability",
            "validation::review",
            "scope"
        })
package io.slipway.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
