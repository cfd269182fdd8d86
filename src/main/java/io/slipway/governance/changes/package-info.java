/** The ticket of a release in the register of changes: opened once, mirrored with every state, closed with the outcome. */
@NullMarked
@NamedInterface("changes")
package io.slipway.governance.changes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
