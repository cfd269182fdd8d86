/** What migrations of a package do to a clone of the production data, before they may do it to the data themselves. */
@NullMarked
package io.slipway.deployment.rehearsal;

import org.jspecify.annotations.NullMarked;
