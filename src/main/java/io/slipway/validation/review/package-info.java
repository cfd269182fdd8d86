/** The look back at a release without blame: its timeline, what contributed and what helped, actions and lessons. */
@NullMarked
@NamedInterface("review")
package io.slipway.validation.review;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
