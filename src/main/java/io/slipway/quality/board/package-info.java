/** The board: votes over a failed gate that those concerned do not settle. */
@NullMarked
package io.slipway.quality.board;

import org.jspecify.annotations.NullMarked;
