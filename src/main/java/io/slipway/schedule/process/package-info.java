/** Scheduling and readiness: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.schedule.process;

import org.jspecify.annotations.NullMarked;
