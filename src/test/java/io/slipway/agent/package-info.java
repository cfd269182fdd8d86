/** Tests of the deployment agent. */
@NullMarked
package io.slipway.agent;

import org.jspecify.annotations.NullMarked;
