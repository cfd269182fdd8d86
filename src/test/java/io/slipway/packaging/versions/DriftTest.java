package io.slipway.packaging.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.integration.targets.Route;
import io.slipway.integration.targets.RouteStatus;
import io.slipway.integration.targets.ServiceStatus;
import io.slipway.integration.targets.TargetUnavailable;
import io.slipway.integration.targets.Targets;
import io.slipway.packaging.chain.Chain;
import io.slipway.platform.process.ModelVersions;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.LiveSystems;
import io.slipway.release.ManagedSystem;
import io.slipway.release.Notices;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import io.slipway.release.SideProcesses;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a look at an environment finds, and what becomes of it. */
@Capability("3.3")
class DriftTest {

    private static final Route ROUTE = new Route("production", "storefront");

    private final Release release = ReleaseFixture.storefront240();
    private final Landscape landscape = mock(Landscape.class);
    private final LiveSystems live = mock(LiveSystems.class);
    private final Targets targets = mock(Targets.class);
    private final Releases releases = mock(Releases.class);
    private final Chain chain = mock(Chain.class);
    private final Notices notices = mock(Notices.class);
    private final Drift drift = new Drift(
            mock(JdbcClient.class, RETURNS_DEEP_STUBS),
            landscape,
            live,
            targets,
            releases,
            chain,
            notices,
            mock(Permissions.class),
            mock(SideProcesses.class),
            mock(ModelVersions.class),
            new Drift.Settings(Duration.ofHours(1)),
            Clock.systemUTC());

    @BeforeEach
    void live() {
        ManagedSystem system = mock(ManagedSystem.class);
        when(system.key()).thenReturn("storefront");
        Environment production = mock(Environment.class);
        when(production.key()).thenReturn("production");
        when(production.system()).thenReturn("storefront");
        when(landscape.systems()).thenReturn(List.of(system));
        when(landscape.environments("storefront")).thenReturn(List.of(production));
        when(live.of("storefront", "production"))
                .thenReturn(Optional.of(new LiveSystems.Live("2.4.0", "d".repeat(64), "http://localhost")));
        when(releases.find("storefront-2.4.0")).thenReturn(Optional.of(release));
        when(targets.route(ROUTE))
                .thenReturn(Optional.of(new RouteStatus(
                        ROUTE,
                        URI.create("http://localhost"),
                        "s-1",
                        List.of(),
                        "2.4.0",
                        "a",
                        null,
                        null,
                        Instant.EPOCH)));
        lives("2.4.0", "a", "a");
    }

    private void lives(String version, @Nullable String digest, String deployed) {
        when(targets.service("s-1"))
                .thenReturn(Optional.of(new ServiceStatus(
                        "s-1",
                        "target",
                        "storefront",
                        version,
                        ServiceStatus.State.RUNNING,
                        8080,
                        1L,
                        digest,
                        deployed,
                        null,
                        Instant.EPOCH)));
    }

    @Test
    void findsNothingWhereEverythingIsAsRecorded() {
        assertThat(drift.check()).isEmpty();

        verify(notices, never()).tell(any());
        verify(releases, never()).hold(any(), anyString(), anyString());
    }

    @Test
    void changedFilesAreToldAndHoldTheRelease() {
        lives("2.4.0", "b", "a");

        assertThat(drift.check()).singleElement().satisfies(found -> assertThat(found.finding())
                .hasValueSatisfying(text -> assertThat(text).contains("changed after they were placed")));
        verify(notices).tell(any());
        verify(chain).alarm(eq(release), eq("drift/production"), contains("changed"));
        verify(releases).hold(eq(release.id()), eq("slipway"), contains("Drift"));
    }

    @Test
    void anotherVersionOrNoneIsFound() {
        lives("2.3.0", "a", "a");
        assertThat(drift.check().get(0).finding().orElse("")).contains("2.3.0 lives there");

        when(targets.service("s-1")).thenReturn(Optional.empty());
        assertThat(drift.check().get(0).finding().orElse("")).contains("no service answers");
    }

    @Test
    void aTargetThatDoesNotAnswerIsLookedAtNextTime() {
        when(targets.route(ROUTE))
                .thenThrow(new TargetUnavailable("The agent does not answer.", new RuntimeException()));

        assertThat(drift.check()).isEmpty();
        verify(notices, never()).tell(any());
    }
}
