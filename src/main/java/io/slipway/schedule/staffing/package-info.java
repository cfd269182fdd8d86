/** Who stands for which function in the window of a release. */
@NullMarked
package io.slipway.schedule.staffing;

import org.jspecify.annotations.NullMarked;
