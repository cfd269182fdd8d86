package io.slipway.governance.changes;

import io.slipway.integration.changes.Change;
import io.slipway.release.ClosingCondition;
import io.slipway.release.Release;
import io.slipway.release.SignedOutcomes;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Before a release is closed, its change ticket must be there, and nobody may have closed it with another outcome. */
@Component
class ChangeCondition implements ClosingCondition {

    private final ChangeTickets tickets;
    private final SignedOutcomes outcomes;

    ChangeCondition(ChangeTickets tickets, SignedOutcomes outcomes) {
        this.tickets = tickets;
        this.outcomes = outcomes;
    }

    @Override
    public String name() {
        return "change";
    }

    @Override
    public Finding evaluate(Release release) {
        Optional<Change> found = tickets.find(release);
        if (found.isEmpty()) {
            return new Finding(
                    false,
                    "No change ticket is found.",
                    List.of("Please let the register of changes be restored, or ask its keeper for the ticket of "
                            + release.key() + "."));
        }
        Change change = found.get();
        if (change.outcome().isEmpty()) {
            return new Finding(
                    true,
                    change.number() + " is where it has to be before the closing: "
                            + change.state()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', ' ') + ".",
                    List.of());
        }
        String ended = change.number() + " was closed as "
                + change.outcome()
                        .get()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' ') + ".";
        boolean asSigned = outcomes.of(release)
                .filter(signed -> signed.name().equals(change.outcome().get().name()))
                .isPresent();
        return asSigned
                ? new Finding(true, ended, List.of())
                : new Finding(
                        false,
                        ended,
                        List.of("Please let the keeper of the register of changes open " + change.number()
                                + " again; it is closed by the closure of the release."));
    }
}
