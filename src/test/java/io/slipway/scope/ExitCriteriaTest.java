package io.slipway.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.release.AuditTrail;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.Releases;
import io.slipway.release.TestEvidence;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;

/** Results of tests count for the commit that they are about, and for no other. */
@Capability("1.4")
class ExitCriteriaTest {

    private static final Instant FROZEN = Instant.parse("2026-03-02T09:00:00Z");
    private static final ExitSettings.Criterion TESTS =
            new ExitSettings.Criterion("tests-pass", "All automated tests pass.", ExitSettings.Check.TESTS_PASS);

    private final Release release = ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());
    private final Scopes scopes = mock(Scopes.class);
    private final ExitWaivers waivers = mock(ExitWaivers.class);
    private final ExitAttestationRepository attestations = mock(ExitAttestationRepository.class);
    private Optional<TestEvidence.Finding> newest = Optional.empty();
    private final ExitCriteria criteria = new ExitCriteria(
            new ExitSettings(Map.of(ReleaseClass.MINOR, List.of(TESTS), ReleaseClass.MAJOR, List.of(TESTS))),
            attestations,
            scopes,
            waivers,
            new Answering(),
            mock(Releases.class),
            mock(Permissions.class),
            mock(AuditTrail.class),
            Clock.fixed(FROZEN.plusSeconds(7_200), ZoneOffset.UTC));

    /** The quality phase, as the test has it answer. */
    private final class Answering implements ObjectProvider<TestEvidence> {

        @Override
        public Stream<TestEvidence> stream() {
            return Stream.of(asked -> newest);
        }
    }

    @BeforeEach
    void aFrozenScope() {
        ScopeRound round = mock(ScopeRound.class);
        when(round.number()).thenReturn(2);
        when(round.frozenAt()).thenReturn(Optional.of(FROZEN));
        when(scopes.latest(release)).thenReturn(Optional.of(round));
        when(waivers.of(release)).thenReturn(List.of());
        when(attestations.findByIdReleaseAndIdRound(any(), anyInt())).thenReturn(List.of());
    }

    private void results(boolean passed, Instant at, boolean presentPackage) {
        newest = Optional.of(new TestEvidence.Finding(
                passed, "0 of 240 tests failed in staging (TEST-storefront.xml).", at, presentPackage));
    }

    private ExitCriteria.Standing standing() {
        return criteria.standing(release).get(0);
    }

    @Test
    void resultsOfThePackageOfThisScopeAreLookedUp() {
        results(true, FROZEN.plusSeconds(60), true);
        assertThat(standing().met()).isTrue();
        assertThat(standing().attested()).isFalse();
        assertThat(criteria.open(release)).isEmpty();

        results(false, FROZEN.plusSeconds(60), true);
        assertThat(standing().met()).isFalse();
    }

    @Test
    void resultsOfAnotherPackageDoNotCountHoweverGoodTheyAre() {
        results(true, FROZEN.plusSeconds(60), false);
        assertThat(standing().met()).isFalse();
        assertThat(standing().attested())
                .as("a developer says so for this commit")
                .isTrue();
        assertThat(standing().evidence())
                .contains("are of another commit", "0 of 240 tests failed")
                .contains("a developer attests it");
        assertThat(criteria.open(release)).containsExactly("tests-pass");
    }

    @Test
    void resultsFromBeforeTheScopeWasFrozenDoNotCountEither() {
        results(true, FROZEN.minusSeconds(1), true);
        assertThat(standing().met()).isFalse();
        assertThat(criteria.open(release)).containsExactly("tests-pass");
    }

    @Test
    void anAttestationForThisRoundStandsInForThem() {
        results(true, FROZEN.minusSeconds(1), true);
        ExitAttestation attested = mock(ExitAttestation.class);
        when(attested.criterion()).thenReturn("tests-pass");
        when(attested.evidence()).thenReturn("pipeline 4711");
        when(attestations.findByIdReleaseAndIdRound(any(), anyInt())).thenReturn(List.of(attested));
        assertThat(standing().met()).isTrue();
        assertThat(standing().evidence()).isEqualTo("pipeline 4711");
    }

    @Test
    void withoutAnyResultsADeveloperAttestsIt() {
        assertThat(standing().met()).isFalse();
        assertThat(standing().evidence()).isEqualTo("A developer attests it.");
    }
}
