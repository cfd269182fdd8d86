/** The contract that every adapter of the targets port fulfils. */
@NullMarked
package io.slipway.integration.targets;

import org.jspecify.annotations.NullMarked;
