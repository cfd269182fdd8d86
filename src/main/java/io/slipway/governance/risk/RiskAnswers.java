package io.slipway.governance.risk;

import java.util.Optional;

/**
 * What a release manager answers; an answer that is missing counts as the worst one.
 *
 * @param impact how hard a failure would hit, from 1 (hardly noticed) to 3
 * @param likelihood how likely a failure is, from 1 (done many times) to 3
 * @param usersImpact how many users would notice, from 1 (few) to 3 (all)
 * @param rollbackTested whether the way back was tried
 * @param note what approvers should know; may be empty
 */
public record RiskAnswers(
        Optional<Integer> impact,
        Optional<Integer> likelihood,
        Optional<Integer> usersImpact,
        Optional<RollbackTested> rollbackTested,
        String note) {

    /** Whether the way back was tried. */
    public enum RollbackTested {
        YES("tried with this release"),
        NO("not tried with this release"),
        NEVER("never tried for this system");

        private final String label;

        RollbackTested(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }
}
