/** Recurring times in which changes are allowed or denied, by the rules of RFC 5545 and the zones of IANA. */
@NullMarked
package io.slipway.schedule.calendars;

import org.jspecify.annotations.NullMarked;
