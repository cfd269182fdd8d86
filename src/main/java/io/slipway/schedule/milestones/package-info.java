/** Milestones of releases, derived from their processes: baseline, forecast, actual, and what held them up. */
@NullMarked
package io.slipway.schedule.milestones;

import org.jspecify.annotations.NullMarked;
