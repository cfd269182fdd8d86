/** Versions: whether a version says what its scope is, where it ran, whether it is blocked, and whether what lives is what was sealed. */
@NullMarked
package io.slipway.packaging.versions;

import org.jspecify.annotations.NullMarked;
