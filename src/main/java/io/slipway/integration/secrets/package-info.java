/** Secrets: kept outside Slipway, named in configuration, read at the last moment. */
@NullMarked
@NamedInterface("secrets")
package io.slipway.integration.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
