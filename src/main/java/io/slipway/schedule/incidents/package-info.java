/** Incidents as the schedule sees them: what is entered, and what they hold up. */
@NullMarked
@NamedInterface("incidents")
package io.slipway.schedule.incidents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
