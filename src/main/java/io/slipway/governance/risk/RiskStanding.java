package io.slipway.governance.risk;

import java.util.List;
import java.util.Optional;

/**
 * The risk of a release as it counts now.
 *
 * @param level the level that decides who approves
 * @param computed the level that follows from answers and factors
 * @param reasons why, one sentence each
 * @param adjustment what a person set apart from it, decided or waiting
 */
public record RiskStanding(
        RiskLevel level, RiskLevel computed, List<String> reasons, Optional<RiskAdjustment> adjustment) {

    /** Copies the reasons. */
    public RiskStanding {
        reasons = List.copyOf(reasons);
    }
}
