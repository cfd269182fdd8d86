/** The board: votes over a failed gate that those concerned do not settle. */
@NullMarked
@NamedInterface("board")
package io.slipway.quality.board;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
