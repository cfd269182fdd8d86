package io.slipway.packaging.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import io.slipway.release.ScopeFacts;
import io.slipway.release.ScopeFacts.Item;
import io.slipway.release.ScopeFacts.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether a version says what its scope is. */
@Capability("3.1")
class VersionsTest {

    private final Release release = ReleaseFixture.storefront240();
    private final ScopeFacts scopes = mock(ScopeFacts.class);
    private final LiveSystems live = mock(LiveSystems.class);
    private final Landscape landscape = mock(Landscape.class);
    private final Releases releases = mock(Releases.class);
    private final Versions versions = new Versions(scopes, live, landscape, releases, mock(ReleaseDesk.class));

    private void given(String present, Item... items) {
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("storefront")).thenReturn(production);
        when(live.of("storefront", "production"))
                .thenReturn(Optional.of(new LiveSystems.Live(present, "d", "http://localhost")));
        when(scopes.content(release)).thenReturn(Optional.of(new ScopeFacts.Content(List.of(items))));
    }

    private static Item item(String key, boolean breaking) {
        return new Item(key, "Title", Kind.FEATURE, breaking, Optional.empty());
    }

    @Test
    void usersWhoHaveToAdaptFindANewMajorVersion() {
        given("2.3.0", item("SHOP-1", false), item("SHOP-2", true));
        when(releases.find("storefront-3.0.0")).thenReturn(Optional.of(release));

        assertThat(versions.obstacles(release))
                .containsExactly("2.4.0 is a minor version after 2.3.0, but users have to adapt to SHOP-2;"
                        + " please release it as 4.0.0, or leave that out of the scope.");
        assertThat(versions.shortcomings(release, List.of())).hasSize(1);
    }

    @Test
    void nothingSpeaksAgainstAVersionThatSaysWhatItIs() {
        given("2.3.0", item("SHOP-1", false));
        assertThat(versions.obstacles(release)).isEmpty();

        given("1.9.0", item("SHOP-2", true));
        assertThat(versions.obstacles(release)).as("a new major version").isEmpty();
    }

    @Test
    void whatIsNewIsNoPatch() {
        Release patch = ReleaseFixture.storefront("2.4.1");
        given("2.4.0", item("SHOP-1", false));
        when(scopes.content(patch)).thenReturn(Optional.of(new ScopeFacts.Content(List.of(item("SHOP-1", false)))));

        assertThat(versions.obstacles(patch))
                .containsExactly("2.4.1 is a patch version after 2.4.0, but it brings SHOP-1;"
                        + " please release it as 2.5.0, or leave that out of the scope.");
        given("2.4.1-rc.1", item("SHOP-1", false));
        assertThat(versions.obstacles(patch)).as("what was a candidate before").isEmpty();
    }

    @Test
    void beforeTheFirstVersionAnythingMayChange() {
        given("2.3.0", item("SHOP-2", true));
        when(live.of("storefront", "production")).thenReturn(Optional.empty());
        assertThat(versions.obstacles(release)).isEmpty();
        assertThat(versions.next("storefront"))
                .isEqualTo(new Versions.Next("storefront", Optional.empty(), "0.0.1", "0.1.0", "1.0.0"));
    }

    @Test
    void passesOverVersionsThatAreTaken() {
        given("2.3.0");
        when(releases.find("storefront-2.3.1")).thenReturn(Optional.of(release));

        assertThat(versions.next("storefront"))
                .isEqualTo(new Versions.Next("storefront", Optional.of("2.3.0"), "2.3.2", "2.4.0", "3.0.0"));
    }
}
