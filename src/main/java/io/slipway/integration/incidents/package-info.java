/** The register of incidents: what is broken for users, since when, how badly, and which release brought it. */
@NullMarked
@NamedInterface("incidents")
package io.slipway.integration.incidents;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
