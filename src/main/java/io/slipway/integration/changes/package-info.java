/** Change tickets: a register of our own in the database, or one in ServiceNow's style. */
@NullMarked
@NamedInterface("changes")
package io.slipway.integration.changes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
