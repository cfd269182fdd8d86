/** Packaging: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.packaging.process;

import org.jspecify.annotations.NullMarked;
