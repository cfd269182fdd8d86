/** Approvals: who must say yes to which content, who said it, and whether it still holds. */
@NullMarked
package io.slipway.governance.approvals;

import org.jspecify.annotations.NullMarked;
