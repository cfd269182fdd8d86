/** Which tests are run when not all can be: by changed component, history and criticality, with the risk of what is left out. */
@NullMarked
package io.slipway.quality.selection;

import org.jspecify.annotations.NullMarked;
