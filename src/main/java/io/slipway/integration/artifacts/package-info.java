/** Artifacts: files that are known by the digest of their bytes, kept where every node reaches them. */
@NullMarked
@NamedInterface("artifacts")
package io.slipway.integration.artifacts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
