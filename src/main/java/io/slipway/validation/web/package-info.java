/** The part of the page of a release that tells how it did in production and how it is closed. */
@NullMarked
package io.slipway.validation.web;

import org.jspecify.annotations.NullMarked;
