package io.slipway.quality.environments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A refresh of an environment from a clone of production.
 *
 * @param number number among all refreshes
 * @param declared what whoever refreshes says of the clone
 * @param report what the check found; empty until tables were handed in
 * @param fidelity from 0 to 100, how alike the environment is; empty until it is scored
 */
public record EnvironmentRefresh(
        long number,
        String system,
        String environment,
        Declared declared,
        String requestedBy,
        Instant requestedAt,
        Optional<MaskingReport> report,
        Optional<String> checkedBy,
        Optional<Instant> checkedAt,
        Optional<Integer> fidelity,
        Optional<Instant> scoredAt) {

    /**
     * What is said of a clone; the figures are percent of what production has.
     *
     * @param sourceVersion the version that production ran when it was cloned
     * @param masked columns that have to be masked, as table.column
     * @param references columns and those they lead to, as table.column -> table.column
     * @param configuration settings that are the same
     * @param topology nodes and services that are there
     * @param load share of production's load that is replayed
     */
    public record Declared(
            String sourceVersion,
            List<String> masked,
            List<String> references,
            int configuration,
            int topology,
            int load) {

        /** Keeps copies of the lists. */
        public Declared {
            masked = List.copyOf(masked);
            references = List.copyOf(references);
        }
    }
}
