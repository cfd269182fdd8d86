package io.slipway.quality;

import io.slipway.quality.selection.TestSelection;
import io.slipway.quality.selection.TestSelections;
import io.slipway.release.ApprovalPart;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** An approval signs the verdicts of all gates on the release's route, with figures, evidence and waivers, and what risk the tests left out. */
@Component
class QualityPart implements ApprovalPart {

    private final Gates gates;
    private final TestSelections selections;

    QualityPart(Gates gates, TestSelections selections) {
        this.gates = gates;
        this.selections = selections;
    }

    /** What is signed: the gates, and the choice of tests where one was made. */
    record Signed(List<SignedGate> gates, @Nullable TestSelection tests) {}

    /** What is signed of one gate. */
    record SignedGate(
            String environment,
            String packageDigest,
            Verdict verdict,
            GateExplanation explanation,
            @Nullable SignedWaiver waiver) {}

    /** What is signed of a waiver. */
    record SignedWaiver(
            String reason, String compensatingControl, Instant expiresAt, String askedBy, String grantedBy) {}

    @Override
    public String name() {
        return "quality";
    }

    @Override
    public Content content(Release release) {
        List<GateStanding> standings = gates.standings(release);
        Optional<TestSelection> tests = selections.of(release);
        List<SignedGate> signed = standings.stream().map(QualityPart::signed).toList();
        return new Content(
                standings.stream()
                                .map(gate -> gate.environment() + ": "
                                        + gate.state().label().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", "))
                        + tests.map(chosen -> "; tests left out carry " + chosen.omittedRisk() + " % of the risk")
                                .orElse(""),
                new Signed(signed, tests.orElse(null)));
    }

    private static SignedGate signed(GateStanding standing) {
        GateVerdict verdict = standing.verdict().orElseThrow(() -> new Refused(standing.sentence()));
        Optional<SignedWaiver> waiver = standing.waiver()
                .filter(granted -> granted.state() == GateWaiver.State.GRANTED)
                .filter(granted -> granted.verdict() == verdict.number())
                .map(granted -> new SignedWaiver(
                        granted.reason(),
                        granted.compensatingControl(),
                        granted.expiresAt(),
                        granted.askedBy(),
                        granted.decidedBy().orElseThrow()));
        return new SignedGate(
                standing.environment(),
                verdict.packageDigest(),
                verdict.verdict(),
                verdict.explanation(),
                waiver.orElse(null));
    }
}
