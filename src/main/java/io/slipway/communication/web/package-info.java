/** Pages and API of what people are told: outbox, archive, receipts, known issues, summaries, deputies. */
@NullMarked
package io.slipway.communication.web;

import org.jspecify.annotations.NullMarked;
