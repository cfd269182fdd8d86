/** What the program costs, measured on demand: {@link io.slipway.bench.ReleasesBenchmark}. Nothing here is run by {@code mvn verify}. */
@NullMarked
package io.slipway.bench;

import org.jspecify.annotations.NullMarked;
