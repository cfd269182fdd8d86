/** Ways to reach people: mail by a server, or an outbox of our own where there is none. */
@NullMarked
@NamedInterface("channels")
package io.slipway.integration.channels;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
