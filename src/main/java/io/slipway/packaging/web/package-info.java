/** Hands files in from the page of a release and through the API, and shows what is sealed. */
@NullMarked
package io.slipway.packaging.web;

import org.jspecify.annotations.NullMarked;
