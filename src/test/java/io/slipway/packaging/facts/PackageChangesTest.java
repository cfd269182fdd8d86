package io.slipway.packaging.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.artifacts.ArtifactStore;
import io.slipway.integration.contracts.ContractRegister;
import io.slipway.packaging.Packages;
import io.slipway.packaging.components.Component;
import io.slipway.packaging.components.Components;
import io.slipway.packaging.configuration.Configurations;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.Releases;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Facts about a package come from a comparison with what served the users before. */
@Capability("7.5")
class PackageChangesTest {

    private final Packages packages = mock(Packages.class);
    private final Components components = mock(Components.class);
    private final Configurations configurations = mock(Configurations.class);
    private final ContractRegister contracts = mock(ContractRegister.class);
    private final Landscape landscape = mock(Landscape.class);
    private final Releases releases = mock(Releases.class);
    private final LiveSystems live = mock(LiveSystems.class);
    private final PackageChanges changes = new PackageChanges(
            packages, components, configurations, mock(ArtifactStore.class), contracts, landscape, releases, live);
    private final Release release = mock(Release.class);
    private final Release earlier = mock(Release.class);

    @BeforeEach
    void begin() {
        ReleaseId id = new ReleaseId(UUID.randomUUID());
        when(release.system()).thenReturn("shop");
        when(release.version()).thenReturn("2.0.0");
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(landscape.production("shop")).thenReturn(production);
        when(live.before(release)).thenReturn(Optional.of(new LiveSystems.Before(Optional.of(id), "same")));
        when(releases.get(id)).thenReturn(earlier);
        when(configurations.fingerprint(release, "production")).thenReturn("same");
        when(components.of(release)).thenReturn(bill("library", "paper", "1.0"));
        when(components.of(earlier)).thenReturn(bill("library", "paper", "1.0"));
        when(packages.present(release)).thenReturn(Optional.empty());
    }

    private static List<Components.Bill> bill(String type, String name, String version) {
        return List.of(new Components.Bill(
                "bom.json",
                Optional.of("1.5"),
                List.of(new Component(type, "", name, version, "", Optional.empty())),
                0,
                List.of()));
    }

    @Test
    void theSameAsBeforeChangesNothing() {
        assertThat(changes.configuration(release).holds()).isFalse();
        assertThat(changes.dependencies(release).holds()).isFalse();
        assertThat(changes.components(release).holds()).isFalse();
        assertThat(changes.migrations(release).holds()).isFalse();
    }

    @Test
    void anotherDigestOfTheConfigurationNamesNewAndGoneSettings() {
        when(configurations.fingerprint(release, "production")).thenReturn("other");
        when(configurations.names(release)).thenReturn(Set.of("mail.host", "new.one"));
        when(configurations.names(earlier)).thenReturn(Set.of("mail.host", "old.one"));

        assertThat(changes.configuration(release).holds()).isTrue();
        assertThat(changes.configuration(release).evidence())
                .contains("new settings new.one", "no longer there old.one")
                .doesNotContain("mail.host");
    }

    @Test
    void anotherVersionOfALibraryIsADependencyAndSomethingThatRunsIsAComponent() {
        when(components.of(release)).thenReturn(bill("library", "paper", "1.1"));
        assertThat(changes.dependencies(release).evidence()).contains("paper 1.1");
        assertThat(changes.components(release).holds()).isFalse();

        when(components.of(release)).thenReturn(bill("container", "queue", "3"));
        assertThat(changes.components(release).evidence()).contains("queue");
        assertThat(changes.dependencies(release).evidence())
                .contains("paper (gone)")
                .doesNotContain("queue");
    }

    @Test
    void whereNothingCanBeComparedAllThatIsThereIsNew() {
        when(live.before(release)).thenReturn(Optional.empty());

        assertThat(changes.dependencies(release).evidence()).contains("paper 1.0");
    }
}
