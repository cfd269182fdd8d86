/** Whether something outside answers as it is assumed to. */
@NullMarked
@NamedInterface("probes")
package io.slipway.integration.probes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
