/**
 * The deployment agent: a process of its own that owns service processes and the traffic proxy on a target and outlives Slipway.
 *
 * <p>It runs without Spring, engine and database, and depends on no other module.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.slipway.agent;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
