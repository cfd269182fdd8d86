/** Hands reports of tests in from the page of a release and through the API, and shows how its gates stand. */
@NullMarked
package io.slipway.quality.web;

import org.jspecify.annotations.NullMarked;
