package io.slipway.governance.compliance;

import io.slipway.governance.compliance.ControlCatalogue.Control;
import java.util.List;

/**
 * How a control was covered.
 *
 * @param elements the elements of models that carry it out; none where no model does
 * @param applied releases, or 1 for a single one, to which it applied
 * @param executed those for which it was carried out
 * @param evidence places in the audit trail that show it, at most twenty
 * @param missing keys of ended releases for which it was not carried out, at most twenty
 */
public record Coverage(
        Control control,
        List<MarkedElement> elements,
        long applied,
        long executed,
        List<Long> evidence,
        List<String> missing) {

    /** Copies the lists. */
    public Coverage {
        elements = List.copyOf(elements);
        evidence = List.copyOf(evidence);
        missing = List.copyOf(missing);
    }

    /** What to say of it in one word or two. */
    public String verdict() {
        if (control.applies() == ControlCatalogue.Applies.HOUSE) {
            return executed > 0 ? "Shown" : "No evidence yet";
        }
        if (!control.mark().isEmpty() && elements.isEmpty()) {
            return "In no model";
        }
        if (applied == 0) {
            return "Did not apply";
        }
        return executed >= applied ? "Covered" : missing.isEmpty() ? "Not yet" : "Missing";
    }
}
