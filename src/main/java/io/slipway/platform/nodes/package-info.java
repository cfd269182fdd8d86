/** Which programs work on this database, and whose turn it is with what one of them does at a time. */
@NullMarked
@NamedInterface("nodes")
package io.slipway.platform.nodes;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
