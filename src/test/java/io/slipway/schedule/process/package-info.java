@NullMarked
package io.slipway.schedule.process;

import org.jspecify.annotations.NullMarked;
