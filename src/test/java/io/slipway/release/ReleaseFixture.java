package io.slipway.release;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.Optional;

/** Releases for tests of other modules, as the kernel would make them. */
public final class ReleaseFixture {

    private ReleaseFixture() {}

    /** storefront 2.4.0, requested by {@code p-rita}, in draft. */
    public static Release storefront240() {
        return new Release(
                new ReleaseId(java.util.UUID.fromString("00000000-0000-4000-8000-000000000240")),
                new NewRelease("storefront", "2.4.0", "Quantity discount", Urgency.NORMAL),
                "p-rita",
                Instant.parse("2026-03-02T09:00:00Z"));
    }

    /** The same release as an emergency. */
    public static Release emergency() {
        return new Release(
                new ReleaseId(java.util.UUID.fromString("00000000-0000-4000-8000-000000000241")),
                new NewRelease("storefront", "2.4.1", "Repair the checkout", Urgency.EMERGENCY),
                "p-rita",
                Instant.parse("2026-03-02T09:00:00Z"));
    }

    /** The release in another state. */
    public static Release in(ReleaseState state, Release release) {
        release.enter(state);
        return release;
    }

    /** The release with a class. */
    public static Release classified(ReleaseClass releaseClass, Release release) {
        release.classify(releaseClass);
        return release;
    }

    /** The release with a window. */
    public static Release planned(Instant start, Instant end, Release release) {
        release.planWindow(start, end);
        return release;
    }

    /** The release on hold. */
    public static Release held(String reason, Release release) {
        release.hold(reason);
        return release;
    }

    /** The release after it ended. */
    public static Release ended(ReleaseOutcome outcome, Release release) {
        release.end(ReleaseState.CLOSED, outcome, Instant.parse("2026-03-03T09:00:00Z"));
        return release;
    }

    /** A release of the storefront in this version, in draft. */
    public static Release storefront(String version) {
        return new Release(
                ReleaseId.draw(),
                new NewRelease("storefront", version, "Storefront " + version, Urgency.NORMAL),
                "p-rita",
                Instant.parse("2026-03-02T09:00:00Z"));
    }

    /** A scope that finds this release for every execution. */
    public static ReleaseScope scopeOf(Release release) {
        ReleaseScope scope = mock(ReleaseScope.class);
        when(scope.of(any())).thenReturn(release);
        when(scope.find(any())).thenReturn(Optional.of(release));
        return scope;
    }
}
