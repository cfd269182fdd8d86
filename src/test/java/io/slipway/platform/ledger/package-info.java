@NullMarked
package io.slipway.platform.ledger;

import org.jspecify.annotations.NullMarked;
