/** Copies of database, artifact store and keys that belong together, made while the program runs, and whether they are whole. */
@NullMarked
@ApplicationModule(allowedDependencies = "platform::data")
package io.slipway.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
