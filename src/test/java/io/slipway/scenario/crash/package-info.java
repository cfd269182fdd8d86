/** Kills the running program wherever it could die, lets it go on, and compares what became of a release. */
@NullMarked
package io.slipway.scenario.crash;

import org.jspecify.annotations.NullMarked;
