/** The quality gate: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.quality.process;

import org.jspecify.annotations.NullMarked;
