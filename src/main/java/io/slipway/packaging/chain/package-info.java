/** The chain of checksums of a package, hop by hop. */
@NullMarked
package io.slipway.packaging.chain;

import org.jspecify.annotations.NullMarked;
