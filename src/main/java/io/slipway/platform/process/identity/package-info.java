/** The engine's own book of users and groups, kept under the rules of this installation whatever channel a change comes through. */
@NullMarked
package io.slipway.platform.process.identity;

import org.jspecify.annotations.NullMarked;
