/** Contracts between systems: which versions of a consumer were verified with which versions of its provider. */
@NullMarked
@NamedInterface("contracts")
package io.slipway.integration.contracts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
