@NullMarked
package io.slipway.scope;

import org.jspecify.annotations.NullMarked;
