/** Whether what runs together works together, at every step of an order of deployments and of its way back. */
@NullMarked
package io.slipway.packaging.contracts;

import org.jspecify.annotations.NullMarked;
