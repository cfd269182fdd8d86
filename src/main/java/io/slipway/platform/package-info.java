/** Technique that every module shares; no word of the business in it. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.slipway.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
