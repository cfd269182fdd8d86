package io.slipway.validation.operability;

import io.slipway.release.ClosingCondition;
import io.slipway.release.Release;
import io.slipway.validation.operability.Operability.Required;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Runbook, monitoring and backup follow what a release changes before it is closed; where nothing was derived, nothing is required. */
@Component
class OperabilityCondition implements ClosingCondition {

    private final Operability operability;

    OperabilityCondition(Operability operability) {
        this.operability = operability;
    }

    @Override
    public String name() {
        return "operability";
    }

    @Override
    public Finding evaluate(Release release) {
        List<Required> required = operability.required(release);
        List<Required> open = required.stream().filter(Required::open).toList();
        if (!open.isEmpty() && operability.isOver(release)) {
            return new Finding(true, "Production does not run it any more, so nothing has to follow it.", List.of());
        }
        String evidence = required.isEmpty()
                ? operability.derived(release)
                        ? "What the release changes requires no update."
                        : "The release did not prove itself in production, so nothing follows from it."
                : required.stream()
                        .map(update -> update.kind().label() + (update.open() ? " open" : " attested"))
                        .collect(Collectors.joining(", ", "", "."));
        return new Finding(
                open.isEmpty(),
                evidence,
                open.stream()
                        .map(update -> update.kind().role().label() + " attests on the page of the operability: "
                                + update.kind().statement())
                        .toList());
    }
}
