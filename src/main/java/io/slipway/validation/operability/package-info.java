/** What operations has to bring up to date because of what a release changes, and who attested it. */
@NullMarked
@NamedInterface("operability")
package io.slipway.validation.operability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
