/** Decisions that a person confirms with the password before the task that carries them can be completed. */
@NullMarked
@NamedInterface("confirmations")
package io.slipway.governance.confirmations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
