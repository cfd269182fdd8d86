package io.slipway.communication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyCollection;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;

@Capability("6.6")
class AcknowledgementsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Pattern LINK = Pattern.compile("/acknowledge/7\\?until=(\\d+)&mark=([0-9a-f]{64})");
    private static final ProductionTouch TOUCH = new ProductionTouch("production", "p", "d");

    private final SettableClock clock = new SettableClock(NOON);
    private final CommunicationSettings settings = new Binder(new MapConfigurationPropertySource(Map.of(
                    "slipway.communication.acknowledgement.key", "k".repeat(32),
                    "slipway.communication.acknowledgement.validity", "P14D",
                    "slipway.communication.acknowledgement.required.major[0]", "operations",
                    "slipway.communication.acknowledgement.required.major[1]", "service-desk")))
            .bind("slipway.communication", CommunicationSettings.class)
            .get();
    private final Acknowledgements acknowledgements = new Acknowledgements(
            mock(JdbcClient.class), new AcknowledgementKey(settings), settings, mock(AuditTrail.class), clock);

    @Test
    void aSignedLinkIsGoodForTwoWeeksAndThenRefusedForLookingAndForConfirming() {
        Matcher link = LINK.matcher(acknowledgements.path(7, "p-sam"));
        assertThat(link.matches()).isTrue();
        long until = Long.parseLong(link.group(1));
        String mark = link.group(2);
        assertThat(until).isEqualTo(NOON.plus(Duration.ofDays(14)).getEpochSecond());

        clock.set(NOON.plus(Duration.ofDays(14)).plusSeconds(1));
        assertThatThrownBy(() -> acknowledgements.asked(7, "p-sam", until, mark))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("too old");
        assertThatThrownBy(() -> acknowledgements.acknowledge(7, "p-sam", until, mark))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("too old");
    }

    @Test
    void aLinkWithAnotherDayPersonOrMessageWasNotMadeHere() {
        Matcher link = LINK.matcher(acknowledgements.path(7, "p-sam"));
        assertThat(link.matches()).isTrue();
        long until = Long.parseLong(link.group(1));
        String mark = link.group(2);
        assertThatThrownBy(() -> acknowledgements.asked(7, "p-sam", until + 86_400, mark))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> acknowledgements.asked(7, "p-eva", until, mark))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> acknowledgements.asked(8, "p-sam", until, mark))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void productionIsRefusedWhileARoleOfTheClassHasNotConfirmed() {
        People people = mock(People.class);
        Person sam = mock(Person.class);
        when(sam.id()).thenReturn("p-sam");
        when(people.members(anyCollection())).thenReturn(Map.of(sam, Set.of("service-desk")));
        Acknowledgements given = mock(Acknowledgements.class);
        AcknowledgementsCondition condition = new AcknowledgementsCondition(given, people, settings);
        Release major = ReleaseFixture.classified(ReleaseClass.MAJOR, ReleaseFixture.storefront240());

        assertThat(condition.obstacles(major, TOUCH)).hasSize(2).anySatisfy(obstacle -> assertThat(obstacle)
                .startsWith("Nobody of 'Service desk' has confirmed the newest mail"));
        when(given.isAcknowledged(any(), any())).thenReturn(true);
        assertThat(condition.obstacles(major, TOUCH)).isEmpty();

        Release minor = ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());
        when(given.isAcknowledged(any(), any())).thenReturn(false);
        assertThat(condition.obstacles(minor, TOUCH)).isEmpty();
    }
}
