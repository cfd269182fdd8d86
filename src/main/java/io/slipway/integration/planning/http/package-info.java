/** Tells a planning tool by signed webhooks. */
@NullMarked
package io.slipway.integration.planning.http;

import org.jspecify.annotations.NullMarked;
