/**
 * The effect ledger: every effect on the outside world happens once, is written down before and after it in transactions of their
 * own, and is probed whenever its outcome is in doubt.
 */
@NullMarked
@NamedInterface("ledger")
package io.slipway.platform.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
