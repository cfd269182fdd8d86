/** What a package is made of, read from its software bill of materials. */
@NullMarked
package io.slipway.packaging.components;

import org.jspecify.annotations.NullMarked;
