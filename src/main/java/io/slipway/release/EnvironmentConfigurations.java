package io.slipway.release;

import java.util.List;
import java.util.Map;

/** What the deployment asks about the configuration of a release on an environment; the packaging phase answers. */
public interface EnvironmentConfigurations {

    /** What is missing before the templates of the release can be filled in for an environment, a sentence each; empty when nothing is. */
    List<String> missing(Release release, String environment);

    /**
     * A digest of templates and values as they stand now, in which a secret counts by its name alone, so that nobody can guess a secret
     * by it; empty when the release has no templates.
     */
    String fingerprint(Release release, String environment);

    /**
     * The templates with the values and the secrets of an environment put in, for whoever hands them to the target at this moment.
     *
     * @throws Refused when something is missing
     */
    Rendered rendered(Release release, String environment);

    /** Filled-in files by their relative names. They hold secrets, so they do not show themselves where they are printed by mistake. */
    final class Rendered {

        private final Map<String, String> files;

        /** Keeps a copy. */
        public Rendered(Map<String, String> files) {
            this.files = Map.copyOf(files);
        }

        /** The files themselves, for the target alone. */
        public Map<String, String> reveal() {
            return files;
        }

        @Override
        public String toString() {
            return files.size() + " files of configuration";
        }
    }
}
