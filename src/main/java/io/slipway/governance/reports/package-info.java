/** What leadership asks of releases over time: delivery measures, availability and incidents, from recorded events. */
@NullMarked
package io.slipway.governance.reports;

import org.jspecify.annotations.NullMarked;
