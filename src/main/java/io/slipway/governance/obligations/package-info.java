/** What somebody still owes, from waivers to review actions: kept, reminded of, and asked for by the closing. */
@NullMarked
package io.slipway.governance.obligations;

import org.jspecify.annotations.NullMarked;
