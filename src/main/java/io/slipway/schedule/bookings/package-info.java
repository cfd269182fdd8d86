/** Times that releases book ahead in environments, and what happens when two want the same. */
@NullMarked
package io.slipway.schedule.bookings;

import org.jspecify.annotations.NullMarked;
