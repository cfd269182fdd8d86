package io.slipway.integration.ci;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Builds a commit of a system from nothing but its sources. A build changes nothing outside, so it may be run again at any time. */
public interface BuildSystem {

    /** Whether it is told how to build a system. */
    boolean builds(String system);

    /**
     * Builds and waits for the end.
     *
     * @param taker gets every file that the build made, each once, after the build succeeded
     * @return what there is to say of the build, also of one that failed
     * @throws BuildRefused when the order cannot be carried out at all, such as for a system that nobody said how to build
     * @throws BuildUnavailable when the builder does not answer; trying again later may help
     */
    Build run(Order order, Taker taker);

    /**
     * What is to be built.
     *
     * @param system key of the system
     * @param commit full id of the commit
     * @param committedAt when the commit was made; builds that need a time use this one
     * @param reference names this build among all, such as {@code storefront-2.4.0/1/2}
     */
    record Order(String system, String commit, Instant committedAt, String reference) {}

    /** Takes what a build made. */
    interface Taker {

        /**
         * Takes one file.
         *
         * @param content read to its end and not closed
         */
        void take(String name, InputStream content) throws IOException;
    }

    /**
     * A build that ended.
     *
     * @param builder who built, such as the name of a machine
     * @param command what was run, word by word
     * @param inputs what else went into it: names and values of the environment
     * @param toolchain what the tools say of their versions
     * @param succeeded whether it ended well
     * @param log what it printed, cut where it was too long
     */
    record Build(
            String builder,
            List<String> command,
            Map<String, String> inputs,
            String toolchain,
            boolean succeeded,
            String log,
            Instant startedAt,
            Instant endedAt) {

        /** Copies the lists. */
        public Build {
            command = List.copyOf(command);
            inputs = Map.copyOf(inputs);
        }
    }
}
