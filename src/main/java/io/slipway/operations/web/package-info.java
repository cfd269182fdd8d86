/** The page of operations, and to whom it and the figures for programs are open. */
@NullMarked
package io.slipway.operations.web;

import org.jspecify.annotations.NullMarked;
