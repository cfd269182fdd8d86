/** What a package changes of its system, compared with what users had before: facts for the rules of other phases. */
@NullMarked
package io.slipway.packaging.facts;

import org.jspecify.annotations.NullMarked;
