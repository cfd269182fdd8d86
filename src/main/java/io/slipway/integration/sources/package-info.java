/** Source code under version control: commits, tags and files of the systems, from repositories on this machine. */
@NullMarked
@NamedInterface("sources")
package io.slipway.integration.sources;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
