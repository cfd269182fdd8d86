package io.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.release.ReleaseId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How one attempt names what it starts. */
@Capability("5.1")
class DeploymentTest {

    private static Deployment attempt(String key, int number, String run) {
        return new Deployment(
                ReleaseId.draw(),
                key,
                "storefront",
                "production",
                number,
                run,
                "2.4.0",
                "digest",
                Optional.empty(),
                Instant.parse("2026-03-02T09:00:00Z"));
    }

    @Test
    void theSameAttemptAsksForTheSameServiceWithoutAnyRow() {
        assertThat(attempt("storefront-2.4.0", 1, "run-1").serviceId())
                .isEqualTo(attempt("storefront-2.4.0", 1, "run-2").serviceId())
                .isEqualTo("production-storefront-2.4.0-1");
    }

    @Test
    void anotherAttemptOrReleaseAsksForAnotherService() {
        assertThat(attempt("storefront-2.4.0", 2, "run-1").serviceId()).isEqualTo("production-storefront-2.4.0-2");
        assertThat(attempt("storefront-2.4.1", 1, "run-1").serviceId()).isEqualTo("production-storefront-2.4.1-1");
    }

    @Test
    void aVersionThatATargetDoesNotTakeAsANameIsToldByItsDigest() {
        String build = attempt("storefront-2.4.0+b5", 1, "run-1").serviceId();
        String other = attempt("storefront-2.4.0+b6", 1, "run-1").serviceId();
        String longest =
                attempt("storefront-2.4.0-" + "x".repeat(100), 1, "run-1").serviceId();

        assertThat(build).isNotEqualTo(other);
        for (String name : new String[] {build, other, longest}) {
            assertThat(name).matches("production-[0-9a-f]{24}-1");
        }
    }
}
