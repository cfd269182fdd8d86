/** The configuration management database: what runs where, as the rest of the organisation reads it. */
@NullMarked
@NamedInterface("cmdb")
package io.slipway.integration.cmdb;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
