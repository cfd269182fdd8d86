/** The planning tool of the organisation: it learns of milestones and what became of them. */
@NullMarked
@NamedInterface("planning")
package io.slipway.integration.planning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
