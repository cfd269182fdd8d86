/** What tests of several modules need. */
@NullMarked
package io.slipway.testing;

import org.jspecify.annotations.NullMarked;
