/** What operations see while a release goes to production, pushed to them as it happens, and what they see of it afterwards. */
@NullMarked
package io.slipway.deployment.live;

import org.jspecify.annotations.NullMarked;
