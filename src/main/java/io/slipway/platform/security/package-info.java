/** Who people are, what each role may do, and how they sign in. */
@NullMarked
@NamedInterface("security")
package io.slipway.platform.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
