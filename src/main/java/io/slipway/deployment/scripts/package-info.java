/** Scripts that lie ready in a repository: pinned to a commit, run by digest, every read and run on record. */
@NullMarked
package io.slipway.deployment.scripts;

import org.jspecify.annotations.NullMarked;
