/** Tests of the guarded HTTP client. */
@NullMarked
package io.slipway.platform.http;

import org.jspecify.annotations.NullMarked;
