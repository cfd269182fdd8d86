/** The end of a release: the register brought up to date, the closing conditions, the signature. */
@NullMarked
package io.slipway.validation.closing;

import org.jspecify.annotations.NullMarked;
