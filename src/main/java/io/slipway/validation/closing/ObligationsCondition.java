package io.slipway.validation.closing;

import io.slipway.release.ClosingCondition;
import io.slipway.release.Obligations;
import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Release;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Whatever was owed on the condition that it blocks the closing is done before; other obligations live on after it. */
@Component
class ObligationsCondition implements ClosingCondition {

    private final Obligations obligations;

    ObligationsCondition(Obligations obligations) {
        this.obligations = obligations;
    }

    @Override
    public String name() {
        return "obligations";
    }

    @Override
    public Finding evaluate(Release release) {
        List<Obligation> all = obligations.of(release);
        List<Obligation> open = all.stream().filter(Obligation::open).toList();
        List<Obligation> blocking =
                open.stream().filter(owed -> owed.owed().blocksClosure()).toList();
        String evidence = all.isEmpty()
                ? "Nothing is owed."
                : all.size() + " owed, " + open.size() + " of them open, " + blocking.size() + " of these blocking"
                        + (blocking.isEmpty()
                                ? "."
                                : ": "
                                        + blocking.stream()
                                                .map(owed -> owed.owed().statement())
                                                .collect(Collectors.joining("; ")));
        return new Finding(
                blocking.isEmpty(),
                evidence,
                blocking.stream()
                        .map(owed -> owed.owed().owner().label() + " fulfils '"
                                + owed.owed().key() + "' with evidence, due "
                                + owed.owed().due() + ".")
                        .toList());
    }
}
