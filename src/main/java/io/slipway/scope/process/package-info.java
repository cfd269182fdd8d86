/** Scoping and the hand-over of development: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.scope.process;

import org.jspecify.annotations.NullMarked;
