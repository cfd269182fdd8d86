/** Who may what, when: the history of roles, and who was refused. */
@NullMarked
package io.slipway.governance.access;

import org.jspecify.annotations.NullMarked;
