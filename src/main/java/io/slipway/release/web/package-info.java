/** The pages of releases, and where the phases add their panels to the page of one release. */
@NullMarked
@NamedInterface("web")
package io.slipway.release.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
