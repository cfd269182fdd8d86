package io.slipway.integration.cmdb;

import java.util.Optional;

/** The register of configuration items (CIs); here one item per system and environment. */
public interface ConfigurationRegister {

    /**
     * Writes what runs in an environment, or that nothing does any more. A repetition with the same key changes nothing, even when
     * somebody else has written since.
     *
     * @param system key of the system, 1 to 64 characters
     * @param environment key of the environment, 1 to 64 characters
     * @param installed what runs there; empty when nothing does
     * @param idempotencyKey names this wish, 1 to 128 characters; the same key with other content is refused
     * @return the item as it is now; empty when nothing runs there
     * @throws ConfigurationRegisterRefused when the register does not accept the content
     * @throws ConfigurationRegisterUnavailable when it cannot be told whether it was written; repeat the call
     */
    Optional<ConfigurationItem> update(
            String system, String environment, Optional<Installed> installed, String idempotencyKey);

    /**
     * Reads an item back.
     *
     * @return the item; empty when the register knows of nothing that runs there
     * @throws ConfigurationRegisterUnavailable when the register does not answer; repeat the call
     */
    Optional<ConfigurationItem> read(String system, String environment);

    /**
     * What runs.
     *
     * @param version as SemVer, 1 to 64 characters
     * @param digest SHA-256 of the manifest of the sealed package, in hexadecimal, at most 64 characters
     * @param release key of the release that brought it; empty when it came before Slipway did
     */
    record Installed(String version, String digest, Optional<String> release) {}
}
