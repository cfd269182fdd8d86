/** Validation and closing: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.validation.process;

import org.jspecify.annotations.NullMarked;
