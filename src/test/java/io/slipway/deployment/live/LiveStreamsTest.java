package io.slipway.deployment.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.context.WebServerGracefulShutdownLifecycle;
import org.springframework.session.MapSessionRepository;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class LiveStreamsTest {

    private final Release release = mock(Release.class);
    private final LiveStreams streams = new LiveStreams(
            mock(LiveView.class),
            mock(Releases.class),
            mock(Permissions.class),
            new LiveSettings(
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    10,
                    10,
                    Duration.ZERO,
                    Duration.ZERO),
            Clock.systemUTC(),
            new MapSessionRepository(new ConcurrentHashMap<>()));

    @BeforeEach
    void runs() {
        when(release.key()).thenReturn("storefront-1.0.0");
        streams.start();
    }

    @AfterEach
    void ends() {
        streams.close();
    }

    private static void assertEnded(SseEmitter stream) {
        assertThatThrownBy(() -> stream.send("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void allStreamsEndBeforeTheWebServerWaitsForThem() {
        SseEmitter stream = streams.open(release, "p-1", null);
        assertThat(streams.open()).isEqualTo(1);

        streams.stop();

        assertEnded(stream);
        assertThat(streams.isRunning()).isFalse();
        assertThat(streams.getPhase()).isGreaterThan(WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE);
    }

    @Test
    void whileTheProgramStopsAStreamEndsAtOnce() {
        streams.stop();

        assertEnded(streams.open(release, "p-1", null));
        assertThat(streams.open()).isZero();
    }
}
