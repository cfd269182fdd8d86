/** Database accounts and schema: who may do what to which table. */
@NullMarked
package io.slipway.platform.data;

import org.jspecify.annotations.NullMarked;
