@NullMarked
package io.slipway.release.process;

import org.jspecify.annotations.NullMarked;
