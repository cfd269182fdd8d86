/** Targets reached through the deployment agent's control API. */
@NullMarked
package io.slipway.integration.targets.http;

import org.jspecify.annotations.NullMarked;
