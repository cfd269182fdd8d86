package io.slipway.integration.cmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.slipway.Capability;
import io.slipway.integration.cmdb.ConfigurationRegister.Installed;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every register of configuration items must do, whoever keeps it. */
@Capability("7.6")
abstract class ConfigurationRegisterContract {

    /** The register under test. */
    abstract ConfigurationRegister register();

    private final String system = "system-" + UUID.randomUUID().toString().substring(0, 8);
    private final Installed old = new Installed("1.3.0", "a".repeat(64), Optional.empty());
    private final Installed fresh = new Installed("1.4.0", "b".repeat(64), Optional.of("shop-1.4.0"));

    private static String key() {
        return "test/" + UUID.randomUUID();
    }

    @Test
    void readsBackWhatWasWritten() {
        assertThat(register().read(system, "production")).isEmpty();

        Optional<ConfigurationItem> written = register().update(system, "production", Optional.of(old), key());

        assertThat(written.map(ConfigurationItem::installed)).contains(old);
        assertThat(register().read(system, "production")).isEqualTo(written);
        assertThat(register().read(system, "staging")).isEmpty();
    }

    @Test
    void replacesAndRemovesAnItem() {
        register().update(system, "production", Optional.of(old), key());

        assertThat(register()
                        .update(system, "production", Optional.of(fresh), key())
                        .map(ConfigurationItem::installed))
                .contains(fresh);
        assertThat(register().update(system, "production", Optional.empty(), key()))
                .isEmpty();
        assertThat(register().read(system, "production")).isEmpty();
    }

    @Test
    void keepsSinceWhenAsLongAsTheSameRuns() {
        Optional<ConfigurationItem> first = register().update(system, "production", Optional.of(old), key());

        assertThat(register().update(system, "production", Optional.of(old), key()))
                .isEqualTo(first);
    }

    @Test
    void aRepetitionChangesNothingEvenWhenSomebodyElseHasWrittenSince() {
        String key = key();
        register().update(system, "production", Optional.of(old), key);
        register().update(system, "production", Optional.of(fresh), key());

        assertThat(register()
                        .update(system, "production", Optional.of(old), key)
                        .map(ConfigurationItem::installed))
                .contains(fresh);
    }

    @Test
    void refusesAKeyThatWasUsedForOtherContent() {
        String key = key();
        register().update(system, "production", Optional.of(old), key);

        assertThatExceptionOfType(ConfigurationRegisterRefused.class)
                .isThrownBy(() -> register().update(system, "production", Optional.of(fresh), key));
        assertThat(register().read(system, "production").map(ConfigurationItem::installed))
                .contains(old);
    }

    @Test
    void refusesContentThatIsTooLongOrMissing() {
        assertThatExceptionOfType(ConfigurationRegisterRefused.class)
                .isThrownBy(() -> register().update("", "production", Optional.of(old), key()))
                .withMessageContaining("system");
        assertThatExceptionOfType(ConfigurationRegisterRefused.class)
                .isThrownBy(() -> register()
                        .update(
                                system,
                                "production",
                                Optional.of(new Installed("v".repeat(65), "d", Optional.empty())),
                                key()))
                .withMessageContaining("version");
        assertThat(register().read(system, "production")).isEmpty();
    }
}
