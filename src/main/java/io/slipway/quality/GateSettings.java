package io.slipway.quality;

import io.slipway.release.Environment;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the quality gate.
 *
 * @param report most bytes of one report
 * @param reports most reports of one gate
 * @param longestWaiver longest time for which a waiver can be asked
 * @param settling how long quality assurance has to settle a failed gate before the board votes on it
 * @param longestSuppression longest time for which a finding can be suppressed
 * @param requiredEvidence kinds of evidence by tier of the environment, in lower case; a tier that is not named requires tests
 * @param effort what each step towards a passed gate costs, in points, for finding the cheapest ways
 */
@ConfigurationProperties("slipway.quality")
record GateSettings(
        @DefaultValue("20MB") DataSize report,
        @DefaultValue("500") int reports,
        @DefaultValue("P30D") Duration longestWaiver,
        @DefaultValue("P3D") Duration settling,
        @DefaultValue("P180D") Duration longestSuppression,
        @DefaultValue Map<String, Set<EvidenceKind>> requiredEvidence,
        @DefaultValue Effort effort) {

    /** The kinds of evidence that an environment of this tier requires. */
    Set<EvidenceKind> required(Environment.Tier tier) {
        return requiredEvidence.getOrDefault(tier.name().toLowerCase(Locale.ROOT), Set.of(EvidenceKind.TESTS));
    }

    /**
     * Points for one step each.
     *
     * @param missingReport a kind of evidence that is missing
     * @param missingTest a test that has to be written
     * @param failedTest a failed test
     * @param skippedTest a test that was skipped
     * @param flakyTest a test that passes only when repeated
     * @param securityError a finding of level error
     * @param securityWarning a finding of level warning
     * @param coveragePoint one percent of lines
     */
    record Effort(
            @DefaultValue("2") int missingReport,
            @DefaultValue("1") int missingTest,
            @DefaultValue("3") int failedTest,
            @DefaultValue("1") int skippedTest,
            @DefaultValue("2") int flakyTest,
            @DefaultValue("5") int securityError,
            @DefaultValue("2") int securityWarning,
            @DefaultValue("2") int coveragePoint) {

        /** The points that hold where nobody sets others. */
        static Effort usual() {
            return new Effort(2, 1, 3, 1, 2, 5, 2, 2);
        }
    }
}
