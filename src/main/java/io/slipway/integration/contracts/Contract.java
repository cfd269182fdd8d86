package io.slipway.integration.contracts;

import java.time.Instant;
import java.util.Optional;

/**
 * What was verified between two systems.
 *
 * @param consumer key of the system that calls
 * @param consumerFrom first version of the consumer that it is about
 * @param consumerBelow first version that it is not about any more; empty for all later ones
 * @param provider key of the system that is called
 * @param works whether they were found to work together
 * @param evidence what shows it, such as a link to the run of the contract tests
 * @param enteredBy opaque id of a person
 */
public record Contract(
        long id,
        String consumer,
        String consumerFrom,
        Optional<String> consumerBelow,
        String provider,
        String providerFrom,
        Optional<String> providerBelow,
        boolean works,
        String evidence,
        String enteredBy,
        Instant enteredAt) {

    /** A contract that is entered. */
    public record NewContract(
            String consumer,
            String consumerFrom,
            Optional<String> consumerBelow,
            String provider,
            String providerFrom,
            Optional<String> providerBelow,
            boolean works,
            String evidence) {}
}
