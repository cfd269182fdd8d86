package io.slipway.integration.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import io.slipway.integration.incidents.Incident.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every register of incidents must do, whoever keeps it. */
@Capability("2.6")
abstract class IncidentRegisterContract {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** The register under test. */
    abstract IncidentRegister register();

    private final String system = "system-" + UUID.randomUUID().toString().substring(0, 8);

    private static String key() {
        return "INC-" + UUID.randomUUID();
    }

    private NewIncident incident(String key, Priority priority, Instant openedAt) {
        return new NewIncident(
                key, system, Optional.of("production"), priority, "Orders fail <b>", openedAt, Optional.empty());
    }

    @Test
    void tellsWhatWasEnteredUntilItIsOver() {
        String key = key();
        Incident opened = register().open(incident(key, Priority.P1, NOON));

        assertThat(opened.unresolved()).isTrue();
        assertThat(register().find(key)).contains(opened);
        assertThat(register().unresolved()).contains(opened);

        Incident resolved = register().resolve(key, NOON.plusSeconds(60), Optional.of("shop-1.4.0"));

        assertThat(resolved.resolvedAt()).contains(NOON.plusSeconds(60));
        assertThat(register().unresolved()).doesNotContain(opened).doesNotContain(resolved);
        assertThat(register().causedBy("shop-1.4.0")).contains(resolved);
        assertThat(register().find("INC-nobody")).isEmpty();
    }

    @Test
    void aRepetitionChangesNothing() {
        String key = key();
        Incident opened = register().open(incident(key, Priority.P2, NOON));
        assertThat(register().open(incident(key, Priority.P2, NOON))).isEqualTo(opened);

        Incident resolved = register().resolve(key, NOON.plusSeconds(60), Optional.empty());
        assertThat(register().resolve(key, NOON.plusSeconds(600), Optional.empty()))
                .isEqualTo(resolved);
        assertThat(register().open(incident(key, Priority.P2, NOON))).isEqualTo(resolved);
    }

    @Test
    void refusesAKeyWithOtherContentAndWhatCannotBe() {
        String key = key();
        register().open(incident(key, Priority.P2, NOON));

        assertThatExceptionOfType(IncidentRegisterRefused.class)
                .isThrownBy(() -> register().open(incident(key, Priority.P1, NOON)))
                .withMessageContaining(key);
        assertThatExceptionOfType(IncidentRegisterRefused.class)
                .isThrownBy(() -> register().resolve(key, NOON.minusSeconds(1), Optional.empty()));
        assertThatExceptionOfType(IncidentRegisterRefused.class)
                .isThrownBy(() -> register().resolve(key(), NOON, Optional.empty()));
        assertThatExceptionOfType(IncidentRegisterRefused.class)
                .isThrownBy(() -> register().open(incident("../INC 1", Priority.P1, NOON)))
                .satisfies(refused -> assertThat(refused.field()).isEqualTo("key"));
        assertThat(register().find(key).map(Incident::priority)).contains(Priority.P2);
    }

    @Test
    void findsWhatDisturbedASystemInAStretchOfTime() {
        Incident before = register().open(incident(key(), Priority.P3, NOON.minus(Duration.ofHours(2))));
        register().resolve(before.key(), NOON, Optional.empty());
        Incident during = register().open(incident(key(), Priority.P3, NOON.minus(Duration.ofHours(1))));
        Incident later = register().open(incident(key(), Priority.P3, NOON.plus(Duration.ofHours(1))));

        assertThat(register().between(system, NOON, NOON.plus(Duration.ofHours(1)), IncidentRegister.MOST))
                .extracting(Incident::key)
                .containsExactly(during.key());
        assertThat(register()
                        .between(system, NOON.minusSeconds(1), NOON.plus(Duration.ofHours(2)), IncidentRegister.MOST))
                .extracting(Incident::key)
                .containsExactly(later.key(), during.key(), before.key());
        assertThat(register().between(system, NOON.minusSeconds(1), NOON.plus(Duration.ofHours(2)), 2))
                .extracting(Incident::key)
                .containsExactly(later.key(), during.key());
        assertThat(register().between("nowhere", Instant.EPOCH, NOON, IncidentRegister.MOST))
                .isEmpty();
    }

    @Test
    void listsTheWorstFirstAndAllPageByPage() {
        Incident mild = register().open(incident(key(), Priority.P4, NOON.minusSeconds(9)));
        Incident grave = register().open(incident(key(), Priority.P1, NOON));

        assertThat(register().unresolved().stream()
                        .filter(incident -> incident.system().equals(system)))
                .containsExactly(grave, mild);
        IncidentRegister.Extract first = register().latest(0, 1);
        assertThat(first.incidents()).hasSize(1);
        assertThat(first.count()).isGreaterThanOrEqualTo(2);
        assertThat(register().latest((int) first.count(), 1))
                .satisfies(behind -> assertThat(behind.incidents()).isEmpty())
                .satisfies(behind -> assertThat(behind.count()).isEqualTo(first.count()));
    }
}
