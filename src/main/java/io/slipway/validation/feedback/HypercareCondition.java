package io.slipway.validation.feedback;

import io.slipway.integration.incidents.Incident;
import io.slipway.platform.security.People;
import io.slipway.release.ClosingCondition;
import io.slipway.release.Release;
import io.slipway.validation.Comparisons;
import io.slipway.validation.feedback.Feedback.Link;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Hypercare is left when no incident of priority 1 or 2 that people confirmed to come from the release is open: a rule, no opinion. */
@Component
class HypercareCondition implements ClosingCondition {

    private final Feedback feedback;
    private final Comparisons comparisons;
    private final People people;

    HypercareCondition(Feedback feedback, Comparisons comparisons, People people) {
        this.feedback = feedback;
        this.comparisons = comparisons;
        this.people = people;
    }

    @Override
    public String name() {
        return "hypercare";
    }

    @Override
    public Finding evaluate(Release release) {
        List<Incident> open = feedback.openAndGrave(release);
        List<Link> links = feedback.links(release);
        long confirmed = links.stream()
                .filter(link -> Boolean.TRUE.equals(link.verdict()))
                .count();
        long undecided = links.stream().filter(link -> link.verdict() == null).count();
        String evidence = links.size() + " incidents and reports linked, " + confirmed + " confirmed, " + undecided
                + " undecided; "
                + (open.isEmpty()
                        ? "no confirmed P1 or P2 is open."
                        : "open: "
                                + open.stream()
                                        .map(incident -> incident.key() + " (" + incident.priority() + ")")
                                        .collect(Collectors.joining(", "))
                                + ".")
                + comparisons.newest(release).map(this::told).orElse("");
        return new Finding(
                open.isEmpty(),
                evidence,
                open.stream()
                        .map(incident ->
                                "Resolve " + incident.key() + " in the register of incidents, or deny on the page of"
                                        + " the feedback that it comes from this release.")
                        .toList());
    }

    /** On what grounds the release entered hypercare. */
    private String told(Comparisons.Comparison comparison) {
        Comparisons.Decision decision = comparison.decision();
        return " Metrics: " + comparison.verdict().label()
                + (decision == null
                        ? "."
                        : "; " + people.name(decision.person())
                                + (decision.accepted() ? " kept it: " : " took it back: ") + decision.reason());
    }
}
