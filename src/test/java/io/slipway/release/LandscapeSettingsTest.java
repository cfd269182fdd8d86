package io.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.Capability;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@Capability("2.3")
class LandscapeSettingsTest {

    private static LandscapeSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("slipway.landscape", Bindable.of(LandscapeSettings.class));
    }

    @Test
    void namesSystemsWithTheirEnvironmentsInOrder() {
        LandscapeSettings settings = bound(Map.of(
                "slipway.landscape.systems.shop.name", "Shop",
                "slipway.landscape.systems.shop.stateful", "true",
                "slipway.landscape.systems.shop.environments[0].key", "test",
                "slipway.landscape.systems.shop.environments[0].tier", "staging",
                "slipway.landscape.systems.shop.environments[1].key", "live",
                "slipway.landscape.systems.shop.environments[1].tier", "production",
                "slipway.landscape.systems.shop.environments[1].instances", "3"));

        LandscapeSettings.SystemSettings shop =
                Objects.requireNonNull(settings.systems().get("shop"));
        assertThat(shop.name()).isEqualTo("Shop");
        assertThat(shop.stateful()).isTrue();
        assertThat(shop.environments())
                .extracting(LandscapeSettings.EnvironmentSettings::key)
                .containsExactly("test", "live");
        assertThat(shop.environments().get(1).instances()).isEqualTo(3);
        assertThat(shop.environments().get(0).name()).isEqualTo("test");
    }

    @Test
    void mayNameNone() {
        assertThat(bound(Map.of()).systems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "systems.Shop.name=Shop|'Shop' is no key",
                "systems.shop.stateful=true|systems.shop.name is missing",
                "systems.shop.name=Shop|systems.shop.environments is empty",
                "systems.shop.name=Shop;systems.shop.environments[0].tier=production|environments[0].key: '' is no key",
                "systems.shop.name=Shop;systems.shop.environments[0].key=a|the last environment is PRODUCTION",
                "systems.shop.name=Shop;systems.shop.environments[0].key=a;systems.shop.environments[0].tier=production;"
                        + "systems.shop.environments[1].key=b;systems.shop.environments[1].tier=production"
                        + "|environments[0].tier: the last environment is PRODUCTION and no other"
            })
    void refusesWithTheSettingAndTheRemedy(String settings, String told) {
        Map<String, String> properties = new HashMap<>();
        for (String setting : settings.split(";", -1)) {
            String[] parts = setting.split("=", -1);
            properties.put("slipway.landscape." + parts[0], parts[1]);
        }
        assertThatThrownBy(() -> bound(properties)).hasStackTraceContaining(told);
    }
}
