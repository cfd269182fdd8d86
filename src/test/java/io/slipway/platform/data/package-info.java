@NullMarked
package io.slipway.platform.data;

import org.jspecify.annotations.NullMarked;
