package io.slipway.communication;

import java.time.Instant;
import java.util.Optional;

/**
 * What a release needs of another team.
 *
 * @param release key of the release that needs it
 * @param system the system of that release
 * @param neededSystem the system whose people bring it
 * @param neededRelease key of the release that brings it, where one is known
 * @param ownConfirmedBy opaque id of the person who confirmed for the release that needs it
 * @param otherConfirmedBy opaque id of the person who confirmed for the team that brings it
 * @param confirmUntil silence after this goes up the ladder
 * @param slips how often its date was moved
 */
public record TeamDependency(
        long id,
        String release,
        String system,
        String neededSystem,
        Optional<String> neededRelease,
        String statement,
        Instant neededAt,
        Optional<String> ownConfirmedBy,
        Optional<String> otherConfirmedBy,
        Instant confirmUntil,
        boolean escalated,
        int slips) {

    /** Whether both sides stand by it. */
    public boolean confirmed() {
        return ownConfirmedBy.isPresent() && otherConfirmedBy.isPresent();
    }
}
