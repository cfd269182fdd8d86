package io.slipway.quality;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.UUID;

/**
 * The gate that stands between one sealed package and what follows an environment. Evidence, verdicts and waivers belong to exactly
 * one; they lapse when another package is sealed.
 *
 * @param release the release
 * @param round which packaging of the release
 * @param environment key of the environment in which the package was tested
 * @param packageDigest SHA-256 of the sealed package's manifest
 */
@Embeddable
record GateId(
        @Column(name = "release_id") UUID release,
        @Column(name = "round_number") int round,
        @Column(name = "environment_key") String environment,
        @Column(name = "package_digest") String packageDigest) {}
