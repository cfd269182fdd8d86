/** The spine and the promotion through environments: their constants, delegates and task handlers. */
@NullMarked
package io.slipway.release.process;

import org.jspecify.annotations.NullMarked;
