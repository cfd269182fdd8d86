/** Technique that every module may use; no business word in it. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.slipway.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
