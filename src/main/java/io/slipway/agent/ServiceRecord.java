package io.slipway.agent;

import io.slipway.agent.Effects.Change;
import io.slipway.agent.Processes.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers of a service, written before and after each step of its life, so that a new agent can finish what a
 * killed one began.
 *
 * @param digest digest of the files as they were placed
 * @param configuration digest of the configuration as it was placed; null when there is none
 * @param process the process, when one was started
 * @param cause the change that led to this phase, to complete the journal with after a crash
 */
record ServiceRecord(
        String id,
        Definition definition,
        String digest,
        @Nullable String configuration,
        Phase phase,
        int port,
        @Nullable Identity process,
        Change cause,
        Instant since) {

    /** What a service consists of. The environment may hold secrets: a definition is never logged nor answered. */
    record Definition(
            String target,
            String system,
            String version,
            List<Artifact> artifacts,
            Start start,
            Map<String, String> environment) {

        @Override
        public String toString() {
            return system + " " + version + " on " + target;
        }
    }

    /** A file of the package; an archive when it is to be unpacked. */
    record Artifact(String name, String sha256, @Nullable Boolean unpack) {

        boolean archive() {
            return Boolean.TRUE.equals(unpack);
        }
    }

    /** How to start: {@code java <jvmOptions> -jar <mainJar> <arguments>}, each an argument of its own, never a shell. */
    record Start(String mainJar, List<String> jvmOptions, List<String> arguments) {}

    /** The step of life that was reached or begun. */
    enum Phase {
        STARTING,
        STARTED,
        STOPPING,
        STOPPED
    }

    ServiceRecord in(Phase next, @Nullable Identity newProcess, Change newCause) {
        return new ServiceRecord(
                id, definition, digest, configuration, next, port, newProcess, newCause, Instant.now());
    }
}
