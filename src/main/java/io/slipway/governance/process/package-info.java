/** The approval of changes: the constants, delegates and task handlers of its models. */
@NullMarked
package io.slipway.governance.process;

import org.jspecify.annotations.NullMarked;
