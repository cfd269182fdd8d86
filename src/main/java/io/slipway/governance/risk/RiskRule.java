package io.slipway.governance.risk;

import io.slipway.governance.risk.RiskAnswers.RollbackTested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How answers become a level: impact times likelihood, raised by what would make a failure worse.
 *
 * <p>1 to 2 is low, 3 to 4 moderate, 6 to 9 high. Each of these raises the level by one: all users would notice; the rollback was
 * not tried with this release. A rollback that was never tried for the system makes it high.
 */
final class RiskRule {

    private static final int WORST = 3;

    private RiskRule() {}

    /**
     * The level with the reasons for it, one sentence each, in the order in which they were weighed.
     *
     * @param reasons what led to the level
     */
    record Verdict(RiskLevel level, List<String> reasons) {}

    static Verdict of(RiskAnswers answers) {
        List<String> reasons = new ArrayList<>();
        int impact = known("impact", answers.impact(), reasons);
        int likelihood = known("likelihood", answers.likelihood(), reasons);
        int product = impact * likelihood;
        RiskLevel level = product <= 2 ? RiskLevel.LOW : product <= 4 ? RiskLevel.MODERATE : RiskLevel.HIGH;
        reasons.add("Impact " + impact + " times likelihood " + likelihood + " is " + product + ": "
                + level.label().toLowerCase(java.util.Locale.ROOT) + ".");
        if (known("number of users", answers.usersImpact(), reasons) == WORST) {
            level = level.raised();
            reasons.add("All users would notice: one level higher.");
        }
        RollbackTested rollback = answers.rollbackTested().orElseGet(() -> {
            reasons.add("Whether the rollback was tried is not known and counts as never.");
            return RollbackTested.NEVER;
        });
        if (rollback == RollbackTested.NO) {
            level = level.raised();
            reasons.add("The rollback was " + rollback.label() + ": one level higher.");
        } else if (rollback == RollbackTested.NEVER) {
            level = RiskLevel.HIGH;
            reasons.add("The rollback was " + rollback.label() + ": high.");
        }
        return new Verdict(level, reasons);
    }

    /** The same, with what the phases know. */
    static Verdict of(RiskAnswers answers, List<RiskFactors.Weighed> factors) {
        Verdict answered = of(answers);
        RiskLevel level = answered.level();
        List<String> reasons = new ArrayList<>(answered.reasons());
        for (RiskFactors.Weighed factor : factors) {
            for (int step = 0; step < factor.levels(); step++) {
                level = level.raised();
            }
            reasons.add(factor.sentence());
        }
        return new Verdict(level, reasons);
    }

    private static int known(String what, Optional<Integer> answer, List<String> reasons) {
        return answer.orElseGet(() -> {
            reasons.add("The " + what + " is not known and counts as " + WORST + ".");
            return WORST;
        });
    }
}
