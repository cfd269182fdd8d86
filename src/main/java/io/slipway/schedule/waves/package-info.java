/** Regions that a release reaches one after the other, each in its local window. */
@NullMarked
package io.slipway.schedule.waves;

import org.jspecify.annotations.NullMarked;
