package io.slipway.integration.cmdb;

import java.time.Instant;

/**
 * An item as the register holds it.
 *
 * @param system key of the system
 * @param environment key of the environment
 * @param installed what runs there
 * @param since since when the register has said so
 */
public record ConfigurationItem(
        String system, String environment, ConfigurationRegister.Installed installed, Instant since) {}
