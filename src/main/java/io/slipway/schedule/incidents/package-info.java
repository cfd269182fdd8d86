/** Incidents as the schedule sees them: what is entered, and what they hold up. */
@NullMarked
package io.slipway.schedule.incidents;

import org.jspecify.annotations.NullMarked;
