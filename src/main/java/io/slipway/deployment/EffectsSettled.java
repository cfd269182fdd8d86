package io.slipway.deployment;

import io.slipway.platform.ledger.EffectLedger;
import io.slipway.platform.ledger.LedgerEntry;
import io.slipway.release.ClosingCondition;
import io.slipway.release.Release;
import java.util.List;
import org.springframework.stereotype.Component;

/** No release is closed while something that it did to the world is under way or in doubt. */
@Component
class EffectsSettled implements ClosingCondition {

    private final EffectLedger ledger;

    EffectsSettled(EffectLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return "effects";
    }

    @Override
    public Finding evaluate(Release release) {
        List<LedgerEntry> open = ledger.open(release.key());
        return new Finding(
                open.isEmpty(),
                open.isEmpty() ? "No effect is under way or in doubt." : open.size() + " effects are not settled.",
                open.stream()
                        .map(entry -> "'" + Step.label(entry.step()) + "' on " + entry.target() + " ("
                                + entry.run() + ") is "
                                + entry.state().label().toLowerCase(java.util.Locale.ROOT)
                                + "; please let operations probe it on the page of the release.")
                        .toList());
    }
}
