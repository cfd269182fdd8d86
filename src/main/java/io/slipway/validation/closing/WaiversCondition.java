package io.slipway.validation.closing;

import io.slipway.release.ClosingCondition;
import io.slipway.release.Obligations;
import io.slipway.release.Obligations.Kind;
import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Release;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** A waiver is limited in time: one that has run out without its compensation keeps the release open. */
@Component
class WaiversCondition implements ClosingCondition {

    private final Obligations obligations;
    private final Clock clock;

    WaiversCondition(Obligations obligations, Clock clock) {
        this.obligations = obligations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "waivers";
    }

    @Override
    public Finding evaluate(Release release) {
        List<Obligation> waivers = obligations.of(release).stream()
                .filter(owed -> owed.owed().kind() == Kind.WAIVER || owed.owed().kind() == Kind.EXEMPTION)
                .toList();
        List<Obligation> expired = waivers.stream()
                .filter(Obligation::open)
                .filter(owed -> owed.owed().due().isBefore(clock.instant()))
                .toList();
        return new Finding(
                expired.isEmpty(),
                waivers.isEmpty()
                        ? "No waiver and no exemption was granted."
                        : waivers.size() + " granted, "
                                + waivers.stream().filter(Obligation::open).count() + " of them not compensated yet, "
                                + expired.size() + " expired.",
                expired.stream()
                        .map(owed -> "Fulfil '" + owed.owed().key() + "', which expired at "
                                + owed.owed().due() + ".")
                        .toList());
    }
}
