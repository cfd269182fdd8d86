@NullMarked
package io.slipway.scope.process;

import org.jspecify.annotations.NullMarked;
