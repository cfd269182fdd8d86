package io.slipway.release;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What serves the users of a system in an environment now, by our records; implemented by the phase that deploys. Phases after it
 * ask the address for what really answers, and compare.
 */
public interface LiveSystems {

    /** What is recorded as live; empty when nothing was ever deployed there, or the first deployment was taken back. */
    Optional<Live> of(String system, String environment);

    /** Whether something is being deployed or taken back there, so that records and target may differ for moments. */
    default boolean moving(String system, String environment) {
        return false;
    }

    /**
     * What is live.
     *
     * @param version version that it says it has, as SemVer
     * @param packageDigest SHA-256 of the manifest of the sealed package that it was started from
     * @param baseUrl address at which users reach it, through the traffic proxy, without a slash at its end
     */
    record Live(String version, String packageDigest, String baseUrl) {}

    /** What served the users of production when a release was deployed there; empty when nothing did, or it was not deployed. */
    default Optional<Before> before(Release release) {
        return Optional.empty();
    }

    /**
     * What a release replaced.
     *
     * @param release the release that had brought it; empty for a baseline
     * @param configuration digest of the configuration it was started with; empty when it had none
     */
    record Before(Optional<ReleaseId> release, String configuration) {}

    /**
     * Where versions ever were live, the oldest stay first; empty where nobody keeps that.
     *
     * @param systems keys of systems
     * @param versions versions of any of them
     */
    default List<Stay> stays(Collection<String> systems, Collection<String> versions) {
        return List.of();
    }

    /**
     * A time in which a version was live.
     *
     * @param environment key of the environment
     * @param since when its deployment began
     * @param now whether it is live there now
     */
    record Stay(String system, String version, String environment, Instant since, boolean now) {}
}
