/** Compares what was measured after a release with what was measured before it: pure rules, the same for the same numbers. */
@NullMarked
package io.slipway.validation.analysis;

import org.jspecify.annotations.NullMarked;
