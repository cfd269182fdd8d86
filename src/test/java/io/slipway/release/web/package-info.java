@NullMarked
package io.slipway.release.web;

import org.jspecify.annotations.NullMarked;
