@NullMarked
package io.slipway.platform.process;

import org.jspecify.annotations.NullMarked;
