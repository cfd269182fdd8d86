/** Builds of a package: what was built from which commit with what, and whether building again gives the same bytes. */
@NullMarked
package io.slipway.packaging.builds;

import org.jspecify.annotations.NullMarked;
