/** The risk of a release: what a release manager answered, and the level that follows. */
@NullMarked
package io.slipway.governance.risk;

import org.jspecify.annotations.NullMarked;
