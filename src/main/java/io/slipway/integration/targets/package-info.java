/** Targets: where services are placed, run, reached through routes, and looked at. */
@NullMarked
@NamedInterface("targets")
package io.slipway.integration.targets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
