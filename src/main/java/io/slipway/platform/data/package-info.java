/** Database accounts and schema, who may do what to which table; and the one way in which facts become text and digest. */
@NullMarked
@NamedInterface("data")
package io.slipway.platform.data;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
