/** Exemptions: what an urgent release leaves out, and the check that is owed afterwards. */
@NullMarked
package io.slipway.quality.exemptions;

import org.jspecify.annotations.NullMarked;
