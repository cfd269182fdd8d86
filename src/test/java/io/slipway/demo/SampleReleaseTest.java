package io.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleReleaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"2.3.0", "2.4.0", "2.5.0", "2.6.0"})
    void oneItemIsInTheScopeOnlyBecauseAChosenOneDependsOnIt(String version) {
        SampleRelease release = SampleRelease.of(version);

        List<String> notChosen = release.items().stream()
                .map(SampleItem::key)
                .filter(key -> !release.chosenKeys().contains(key))
                .toList();

        assertThat(notChosen).hasSize(1);
        assertThat(release.items())
                .filteredOn(item -> release.chosenKeys().contains(item.key()))
                .anySatisfy(item -> assertThat(item.dependsOn()).containsAll(notChosen));
    }

    @Test
    void everyItemComesAfterThoseItDependsOn() {
        Set<String> before = new HashSet<>();
        for (SampleRelease release : SampleRelease.all()) {
            for (SampleItem item : release.items()) {
                assertThat(before).as(item.key()).containsAll(item.dependsOn());
                assertThat(before.add(item.key()))
                        .as(item.key() + " is used once")
                        .isTrue();
            }
        }
        assertThat(before).hasSize(14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.3.0", "2.4.0", "2.5.0", "2.6.0"})
    void theScopeIsWrittenInTheColumnsOfTheImport(String version) {
        List<String> rows = new String(SampleRelease.of(version).scopeCsv(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(rows.get(0)).matches("key,title,kind,value,effort,risk,breaking,data_migration,depends_on(,owner)?");
        assertThat(rows.subList(1, rows.size()))
                .hasSameSizeAs(SampleRelease.of(version).items())
                .allMatch(row -> row.matches("SHOP-\\d+,[^,\"]+,(feature|patch|technical-debt|regulatory|security),"
                        + "\\d+,\\d+,[1-5],false,false,(SHOP-\\d+( SHOP-\\d+)*)?(,(paul|petra))?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2.7.0", "v2.4.0", "../2.4.0", "2.4.0; exit", "2.4.0\n"})
    void noOtherTextNamesAVersion(String version) {
        assertThatThrownBy(() -> SampleRelease.of(version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.3.0, 2.4.0, 2.5.0, 2.6.0");
    }
}
