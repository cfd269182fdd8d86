/** Signing in, once for pages, web applications and interfaces, and what is asked of every request. */
@NullMarked
package io.slipway.platform.security.signin;

import org.jspecify.annotations.NullMarked;
