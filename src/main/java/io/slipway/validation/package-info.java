/** Whether a release has proved itself in production, and how it is closed. */
@NullMarked
@ApplicationModule(allowedDependencies = {"release", "platform::process"})
package io.slipway.validation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
