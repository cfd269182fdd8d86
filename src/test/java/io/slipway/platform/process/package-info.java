/** Stands before the package of the same name on the test class path, so it has to say what that one says. */
@NullMarked
@NamedInterface("process")
package io.slipway.platform.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
