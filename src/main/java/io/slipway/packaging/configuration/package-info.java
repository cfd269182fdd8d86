/** Configuration: templates in the package, values of each environment outside of it, and secrets that must be in neither. */
@NullMarked
package io.slipway.packaging.configuration;

import org.jspecify.annotations.NullMarked;
