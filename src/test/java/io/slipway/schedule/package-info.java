@NullMarked
package io.slipway.schedule;

import org.jspecify.annotations.NullMarked;
