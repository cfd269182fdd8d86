package io.slipway.integration.cmdb;

/** The register did not answer, so that nobody knows whether it did what was asked; the same call is repeated later. */
public class ConfigurationRegisterUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence, and what went wrong. */
    public ConfigurationRegisterUnavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
