package io.slipway.release;

/**
 * An obligation was fulfilled; published within the transaction of the change.
 *
 * @param obligation as it stands now
 * @param person opaque id of who fulfilled it
 */
public record ObligationFulfilled(Obligations.Obligation obligation, String person) {}
