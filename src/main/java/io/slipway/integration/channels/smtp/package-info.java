/** Mail by a server that speaks SMTP. */
@NullMarked
package io.slipway.integration.channels.smtp;

import org.jspecify.annotations.NullMarked;
