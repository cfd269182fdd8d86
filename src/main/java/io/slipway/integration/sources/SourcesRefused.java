package io.slipway.integration.sources;

/** The repository does not have this, and would not have it when asked again; the message names the reason. */
public class SourcesRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public SourcesRefused(String sentence) {
        super(sentence);
    }
}
