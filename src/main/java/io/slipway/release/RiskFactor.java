package io.slipway.release;

import java.util.Optional;

/**
 * Something a phase knows that makes a release riskier than the answers of a person say: an unlike test environment, a refuted
 * assumption, an overdue exemption. Governance asks every factor when the risk is computed.
 */
public interface RiskFactor {

    /** Name by which the assessment cites it, such as {@code fidelity}. */
    String name();

    /** What it adds for this release; empty when it adds nothing. */
    Optional<Weight> weigh(Release release);

    /**
     * What a factor adds.
     *
     * @param levels how many levels the risk rises, 1 or 2
     * @param sentence why, with the figures
     */
    record Weight(int levels, String sentence) {}
}
