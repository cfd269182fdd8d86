/** The one clock of the program. */
@NullMarked
@NamedInterface("time")
package io.slipway.platform.time;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
