/** Binding of drawn models to code: variables, user tasks, pinned versions, guarded expressions. */
@NullMarked
@NamedInterface("process")
package io.slipway.platform.process;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
