@NullMarked
package io.slipway.integration.artifacts;

import org.jspecify.annotations.NullMarked;
