/** What a release contains: items, the selection that respects their dependencies, the frozen scope, its class and the exit criteria of development. */
@NullMarked
@ApplicationModule(allowedDependencies = {"release", "platform::process"})
package io.slipway.scope;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
