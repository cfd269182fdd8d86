package io.slipway.schedule;

/** A blackout was entered and holds from now on; published in the transaction of the entry. */
record BlackoutEntered(Blackout blackout) {}
