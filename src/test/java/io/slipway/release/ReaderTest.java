package io.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReaderTest {

    private final Release release = ReleaseFixture.storefront240();

    private boolean reads(String... groups) {
        return new Reader("p1", Set.of(groups)).mayRead(release);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"PRODUCT_OWNER", "DEVELOPER", "ADMIN"},
            mode = EnumSource.Mode.EXCLUDE)
    void mostRolesReadEveryRelease(Role role) {
        assertThat(reads(role.group())).isTrue();
    }

    @Test
    void ownersAndDevelopersReadTheirOwnSystems() {
        assertThat(reads("product-owner@storefront")).isTrue();
        assertThat(reads("developer@ledger", "developer@storefront")).isTrue();
        assertThat(reads("product-owner@ledger")).isFalse();
        assertThat(reads("product-owner")).isFalse();
    }

    @Test
    void nobodyElseReadsAnything() {
        assertThat(reads()).isFalse();
        assertThat(reads("admin")).isFalse();
        assertThat(reads("qa@storefront")).isFalse();
        assertThat(reads("unknown@storefront")).isFalse();
    }
}
