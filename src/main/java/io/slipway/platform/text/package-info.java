/** What is done to texts wherever they come from. */
@NullMarked
@NamedInterface("text")
package io.slipway.platform.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
