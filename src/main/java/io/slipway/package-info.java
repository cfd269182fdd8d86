/** Slipway: release management, drawn in BPMN and run by an embedded Camunda 7 engine. */
@NullMarked
package io.slipway;

import org.jspecify.annotations.NullMarked;
