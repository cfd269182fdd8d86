/** The people of the demo by themselves: what each of them does in each task, the run of two releases and its summary. */
@NullMarked
package io.slipway.demo.autopilot;

import org.jspecify.annotations.NullMarked;
