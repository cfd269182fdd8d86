/** What people are told: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.communication.process;

import org.jspecify.annotations.NullMarked;
