/** How a sealed package reaches an environment and how it is taken back. */
@NullMarked
@ApplicationModule(allowedDependencies = {"release", "platform::process"})
package io.slipway.deployment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
