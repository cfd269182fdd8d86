/** How users are led from one version to the next: what is done to names and traffic, when it is safe, and the way back. */
@NullMarked
package io.slipway.deployment.cutover;

import org.jspecify.annotations.NullMarked;
