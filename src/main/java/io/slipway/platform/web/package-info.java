/** The shell around every page: who reads, in which zone, what they can go to, and how a failure is told. */
@NullMarked
@NamedInterface("web")
package io.slipway.platform.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
