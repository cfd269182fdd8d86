/** What users say of a release after it went live: incidents and reported issues, linked to it and judged. */
@NullMarked
package io.slipway.validation.feedback;

import org.jspecify.annotations.NullMarked;
