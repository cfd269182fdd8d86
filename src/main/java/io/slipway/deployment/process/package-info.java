/** Deployment and rollback: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.deployment.process;

import org.jspecify.annotations.NullMarked;
