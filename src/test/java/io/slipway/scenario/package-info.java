/** The whole application, told as stories. */
@NullMarked
package io.slipway.scenario;

import org.jspecify.annotations.NullMarked;
