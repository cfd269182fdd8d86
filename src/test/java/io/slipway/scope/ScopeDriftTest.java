package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import io.slipway.integration.sources.Sources.Commit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@Capability("1.1")
class ScopeDriftTest {

    private static Commit commit(String message) {
        return new Commit("0".repeat(40), "Dora", Instant.parse("2026-03-02T09:00:00Z"), message);
    }

    private static ScopeDrift.Difference of(String... messages) {
        return ScopeDrift.difference(
                List.of(
                        ScopeFixture.in("SHOP-1", "In"),
                        ScopeFixture.in("login", "In"),
                        ScopeFixture.out("SHOP-2", "Out")),
                java.util.Arrays.stream(messages).map(ScopeDriftTest::commit).toList(),
                "v1.0.0",
                "main");
    }

    @Test
    void listsCommitsOfItemsThatAreNotInAndThoseWithoutOne() {
        ScopeDrift.Difference difference =
                of("SHOP-1 Show it", "login: remember", "SHOP-2 Not wanted", "Tidy up", "see XSHOP-1-a and SHOP-77.");

        assertThat(difference.unplanned())
                .extracting(ScopeDrift.Unplanned::subject)
                .containsExactly("SHOP-2 Not wanted", "Tidy up", "see XSHOP-1-a and SHOP-77.");
        assertThat(difference.unplanned().get(2).items()).containsExactly("SHOP-77");
        assertThat(difference.missing()).isEmpty();
        assertThat(difference.commits()).isEqualTo(5);
    }

    @Test
    void listsItemsThatNoCommitNames() {
        assertThat(of("SHOP-2 Not wanted").missing()).containsExactly("SHOP-1", "login");
        assertThat(of("Login page (SHOP-1)").missing()).containsExactly("login");
    }
}
