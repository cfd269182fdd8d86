package io.slipway.integration.cmdb;

/** The register does not do this, and would not do it later either; the message names the reason. */
public class ConfigurationRegisterRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One sentence that names reason and remedy. */
    public ConfigurationRegisterRefused(String sentence) {
        super(sentence);
    }
}
