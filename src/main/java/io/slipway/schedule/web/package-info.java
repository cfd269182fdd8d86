/** What the page of a release and the API tell of its window and readiness, and the calendar of blackouts for programs. */
@NullMarked
package io.slipway.schedule.web;

import org.jspecify.annotations.NullMarked;
