/** Builds: a command in a clean check-out on this machine, or a build server. */
@NullMarked
@NamedInterface("ci")
package io.slipway.integration.ci;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
