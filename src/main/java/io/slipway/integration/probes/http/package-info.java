/** Probes by HTTP. */
@NullMarked
package io.slipway.integration.probes.http;

import org.jspecify.annotations.NullMarked;
