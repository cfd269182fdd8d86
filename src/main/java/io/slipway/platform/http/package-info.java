/** The one HTTP client of the application, guarded: time-outs, allowed hosts, bounded answers, no redirects, no silent retries. */
@NullMarked
@NamedInterface("http")
package io.slipway.platform.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
