/** What the page of a release and the API tell of its scope, and where its items are handed in. */
@NullMarked
package io.slipway.scope.web;

import org.jspecify.annotations.NullMarked;
