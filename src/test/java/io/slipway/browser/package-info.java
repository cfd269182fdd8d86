/** What people see, in Chromium. */
@NullMarked
package io.slipway.browser;

import org.jspecify.annotations.NullMarked;
