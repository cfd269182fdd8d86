/** Tests of the sample: its repository, its builds, the running service and the client. */
@NullMarked
package io.slipway.demo;

import org.jspecify.annotations.NullMarked;
