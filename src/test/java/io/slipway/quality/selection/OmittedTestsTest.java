package io.slipway.quality.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.slipway.Capability;
import io.slipway.platform.data.Canonical;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.Obligations;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Role;
import io.slipway.release.StoredIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What was left out under a budget is owed as soon as the release is live, and not before. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.quality.selection.omitted-due=P3D"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import(TestSelections.class)
@MockitoBean(types = {AuditTrail.class, Permissions.class})
@Capability("4.2")
@SuppressWarnings("NullAway.Init")
class OmittedTestsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TestConfiguration
    @EnableConfigurationProperties(SelectionSettings.class)
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(NOON);
        }
    }

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Obligations obligations;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void nothingIsChosen() {
        jdbc.update("delete from test_selection");
    }

    private void chosen(List<String> omitted, int risk) {
        jdbc.update(
                "insert into test_selection (release_id, content, chosen_by, chosen_at) values (?, ?, 'p-quinn', ?)",
                StoredIds.bytes(release),
                Canonical.json(new TestSelection(9, Set.of("cart"), List.of("Cart.total"), 8, omitted, risk, true, 0)),
                java.sql.Timestamp.from(NOON));
    }

    private void enters(ReleaseState state) {
        ReleaseFixture.in(state, release);
        events.publishEvent(new ReleaseStateChanged(release, ReleaseState.DEPLOYING));
    }

    @Test
    void theReleaseThatIsLiveOwesTheTestsThatWereLeftOut() {
        chosen(List.of("Print.page", "Cart.slow"), 31);
        enters(ReleaseState.IN_TEST);
        verify(obligations, never()).open(any());

        enters(ReleaseState.VALIDATING);
        ArgumentCaptor<Obligations.NewObligation> owed = ArgumentCaptor.forClass(Obligations.NewObligation.class);
        verify(obligations).open(owed.capture());
        assertThat(owed.getValue().kind()).isEqualTo(Obligations.Kind.OMITTED_TESTS);
        assertThat(owed.getValue().statement()).isEqualTo("Run the 2 tests that were left out, with 31 % of the risk.");
        assertThat(owed.getValue().owner()).isEqualTo(Role.QA);
        assertThat(owed.getValue().due()).isEqualTo(NOON.plus(Duration.ofDays(3)));
    }

    @Test
    void whoeverLeavesNothingOutOwesNothing() {
        chosen(List.of("Print.page"), 31);
        chosen(List.of(), 0);
        enters(ReleaseState.VALIDATING);
        verify(obligations, never()).open(any());
    }
}
