/** The targets port against a real agent and against a faulty one. */
@NullMarked
package io.slipway.integration.targets.http;

import org.jspecify.annotations.NullMarked;
