/** What operations has to bring up to date because of what a release changes, and who attested it. */
@NullMarked
package io.slipway.validation.operability;

import org.jspecify.annotations.NullMarked;
