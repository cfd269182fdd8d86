/** The outside world: one port in our words per system, and the adapters behind it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"platform::data", "platform::http", "platform::text"})
package io.slipway.integration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
