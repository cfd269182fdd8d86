/** The review of ended releases against model and rules: what was skipped, out of order, moved, edited or decided too fast. */
@NullMarked
package io.slipway.governance.adherence;

import org.jspecify.annotations.NullMarked;
