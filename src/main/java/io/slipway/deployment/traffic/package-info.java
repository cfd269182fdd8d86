/** How the traffic of a version is watched after it got production, and when that asks for a rollback. */
@NullMarked
package io.slipway.deployment.traffic;

import org.jspecify.annotations.NullMarked;
