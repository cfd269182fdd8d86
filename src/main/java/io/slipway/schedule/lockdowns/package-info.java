/** Times in which incidents keep everything away from production. */
@NullMarked
@NamedInterface("lockdowns")
package io.slipway.schedule.lockdowns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
