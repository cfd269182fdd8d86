/** The roster: who may stand for which function, and when each is there. */
@NullMarked
@NamedInterface("roster")
package io.slipway.integration.roster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
