package io.slipway.release;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Instant;

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

    /** A scope that finds this release for every execution. */
    public static ReleaseScope scopeOf(Release release) {
        ReleaseScope scope = mock(ReleaseScope.class);
        when(scope.of(any())).thenReturn(release);
        return scope;
    }
}
