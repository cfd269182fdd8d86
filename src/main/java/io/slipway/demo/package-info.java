/** The sample that the demo releases: a small real service with its repository and builds, and a client that uses it meanwhile. */
@NullMarked
@ApplicationModule(
        displayName = "Demo",
        allowedDependencies = {})
package io.slipway.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
