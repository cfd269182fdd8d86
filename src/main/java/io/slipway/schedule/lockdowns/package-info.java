/** Times in which incidents keep everything away from production. */
@NullMarked
package io.slipway.schedule.lockdowns;

import org.jspecify.annotations.NullMarked;
