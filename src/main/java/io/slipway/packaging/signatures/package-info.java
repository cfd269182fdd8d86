/** Signatures of the files of a package, and the keys that are trusted to sign for a system. */
@NullMarked
package io.slipway.packaging.signatures;

import org.jspecify.annotations.NullMarked;
