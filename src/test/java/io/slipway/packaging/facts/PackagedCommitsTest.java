package io.slipway.packaging.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.sources.Sources;
import io.slipway.integration.sources.Sources.Commit;
import io.slipway.integration.sources.SourcesRefused;
import io.slipway.packaging.builds.Rebuilds;
import io.slipway.release.LiveSystems;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Releases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lead time begins with the oldest commit that a package brings. */
@Capability("8.6")
class PackagedCommitsTest {

    private static final Instant FIRST = Instant.parse("2026-01-05T10:00:00Z");
    private static final Instant LAST = Instant.parse("2026-01-09T10:00:00Z");

    private final Sources sources = mock(Sources.class);
    private final Rebuilds rebuilds = mock(Rebuilds.class);
    private final Releases releases = mock(Releases.class);
    private final LiveSystems live = mock(LiveSystems.class);
    private final PackagedCommits commits = new PackagedCommits(sources, rebuilds, releases, live);
    private final Release release = mock(Release.class);

    @BeforeEach
    void begin() {
        when(release.system()).thenReturn("shop");
        when(release.version()).thenReturn("2.0.0");
        when(sources.has("shop")).thenReturn(true);
        when(rebuilds.of(any())).thenReturn(List.of());
        when(live.before(release)).thenReturn(Optional.empty());
        when(sources.resolve("shop", "v2.0.0")).thenReturn(commit("b", LAST));
    }

    private static Commit commit(String id, Instant at) {
        return new Commit(id.repeat(40), "Somebody", at, "Something");
    }

    @Test
    void withoutAVersionBeforeItIsThePackagedCommit() {
        assertThat(commits.oldest(release)).contains(LAST);
    }

    @Test
    void itIsTheOldestThatTheVersionBeforeHadNot() {
        ReleaseId id = new ReleaseId(UUID.randomUUID());
        Release earlier = mock(Release.class);
        when(earlier.system()).thenReturn("shop");
        when(earlier.version()).thenReturn("1.0.0");
        when(live.before(release)).thenReturn(Optional.of(new LiveSystems.Before(Optional.of(id), "")));
        when(releases.get(id)).thenReturn(earlier);
        when(sources.resolve("shop", "v1.0.0")).thenReturn(commit("a", FIRST.minusSeconds(60)));
        when(sources.between(any(), any(), any(), anyInt())).thenReturn(List.of(commit("b", LAST), commit("c", FIRST)));

        assertThat(commits.oldest(release)).contains(FIRST);
    }

    @Test
    void whereNoSourceTellsItIsNotKnown() {
        when(sources.resolve("shop", "v2.0.0")).thenThrow(new SourcesRefused("There is no such revision."));
        assertThat(commits.oldest(release)).isEmpty();
        when(sources.has("shop")).thenReturn(false);
        assertThat(commits.oldest(release)).isEmpty();
    }
}
