package io.slipway.governance.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.changes.ChangeTickets;
import io.slipway.governance.risk.RiskLevel;
import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.NewChange;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.ApprovalPart.Content;
import io.slipway.release.AuditTrail;
import io.slipway.release.Contributions;
import io.slipway.release.Landscape;
import io.slipway.release.Part;
import io.slipway.release.Permissions;
import io.slipway.release.ProductionCondition.ProductionTouch;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Approvals on a real database: who may give them, over what they hold, and what makes them void. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.approvals.validity=PT10H",
            "slipway.approvals.validity-by-class.EMERGENCY=PT1H"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Approvals.class, ApprovalsCondition.class, Permissions.class})
@MockitoBean(types = {AuditTrail.class, Delegations.class, Landscape.class})
@Capability("8.1")
@SuppressWarnings("NullAway.Init")
class ApprovalsTest {

    private static final String CARLA = "p-carla";
    private static final String BERT = "p-bert";
    private static final List<String> GROUPS = List.of("cab-member", "change-authority");
    private static final ProductionTouch TOUCH = new ProductionTouch("production", "d".repeat(64), "e".repeat(64));

    @TestConfiguration
    @EnableConfigurationProperties(ApprovalSettings.class)
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
        }
    }

    @Autowired
    private Approvals approvals;

    @Autowired
    private ApprovalsCondition condition;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private Requirements requirements;

    @MockitoBean
    private Contributions contributions;

    @MockitoBean
    private Releases releases;

    @MockitoBean
    private EngineAccess access;

    @MockitoBean
    private ChangeTickets tickets;

    private final Release release = ReleaseFixture.classified(ReleaseClass.MAJOR, ReleaseFixture.storefront240());
    private final Map<String, Content> content = new HashMap<>();

    @BeforeEach
    void begin() {
        for (String table : List.of(
                "approval_decision", "approval_seat", "approval_part", "approval_requirement", "approval_round")) {
            jdbc.update("delete from " + table);
        }
        clock.set(Instant.parse("2026-03-02T09:00:00Z"));
        for (String part : List.of("scope", "window", "package", "quality", "plan", "models", "risk")) {
            content.put(part, new Content("The " + part, Map.of("value", part)));
        }
        when(contributions.approvalContent(release)).thenAnswer(call -> Map.copyOf(content));
        require(Set.copyOf(GROUPS));
        when(access.groupsOf(CARLA)).thenReturn(List.of("change-authority"));
        when(access.groupsOf(BERT)).thenReturn(List.of("cab-member", "qa"));
        when(tickets.find(release)).thenReturn(Optional.of(ticket(Change.State.SCHEDULED)));
    }

    private void require(Set<String> groups) {
        Requirements.Answer answer = new Requirements.Answer(
                new TreeSet<>(groups),
                new ApprovalRound.Grounds(
                        Optional.of(ReleaseClass.MAJOR), RiskLevel.LOW, Optional.of(false), "approval-requirements:1"));
        when(requirements.of(release)).thenReturn(answer);
        when(requirements.look(release)).thenReturn(answer);
    }

    private Change ticket(Change.State state) {
        return new Change(
                "CHG-000001",
                new NewChange(release.key(), release.system(), release.title(), Change.Kind.NORMAL, "p-rita"),
                state,
                Optional.empty(),
                "",
                Instant.EPOCH,
                Optional.empty());
    }

    private void approve(String person, String group) {
        approvals.decide(release, group, person, Verdict.APPROVE, Optional.empty());
    }

    private void approveByAll() {
        approvals.open(release, GROUPS);
        approve(CARLA, "change-authority");
        approve(BERT, "cab-member");
    }

    private List<String> obstacles() {
        return condition.obstacles(release, TOUCH);
    }

    @Test
    void nothingStandsAgainstARequiredApprovalByEachGroup() {
        approveByAll();

        assertThat(obstacles()).isEmpty();
        assertThat(approvals.conclude(release)).isTrue();
        verify(releases).enter(release.id(), ReleaseState.APPROVED);
    }

    @Test
    void aReleaseThatNobodyApprovedMayNotGoLive() {
        assertThat(obstacles())
                .containsExactly(
                        "storefront-2.4.0 has not been approved; the process 'Approve change' obtains the approvals.");

        approvals.open(release, GROUPS);
        assertThat(obstacles())
                .containsExactly(
                        "The approval by 'cab-member' is missing.", "The approval by 'change-authority' is missing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope", "window", "package", "quality", "plan", "models", "risk"})
    @Capability("X2")
    void aChangedPartVoidsTheApprovalAndIsNamed(String part) {
        approveByAll();

        content.put(part, new Content("The " + part, Map.of("value", part + "!")));

        assertThat(obstacles()).singleElement().satisfies(sentence -> assertThat(sentence)
                .startsWith("The part '" + part + "' changed since it was approved: signed was "));
    }

    @Test
    void aPartThatAppearsOrVanishesIsNamed() {
        approveByAll();

        content.remove("plan");
        content.put("configuration", new Content("Settings", Map.of()));

        assertThat(obstacles())
                .containsExactly(
                        "The part 'plan' was approved and is not there any more.",
                        "The part 'configuration' was added after the approval.");
    }

    @Test
    void onlyTheFactsOfAPartAreSignedNotTheLineThatSumsThemUp() {
        approveByAll();

        content.put("package", new Content("Said in other words", Map.of("value", "package")));

        assertThat(obstacles()).isEmpty();
    }

    @Test
    void overwrittenGroupsAreRefused() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> approvals.open(release, List.of("change-authority")))
                .withMessageContaining("approvalGroups")
                .withMessageContaining("[cab-member, change-authority]");
        assertThat(approvals.present(release)).isEmpty();
    }

    @Test
    void openingAgainFindsTheRoundUnlessTheContentChangedOrSomebodyDecided() {
        ApprovalRound first = approvals.open(release, GROUPS);
        assertThat(approvals.open(release, GROUPS).id()).isEqualTo(first.id());

        approve(CARLA, "change-authority");
        assertThat(approvals.open(release, GROUPS).number()).isEqualTo(2);

        content.put("scope", new Content("One item more", Map.of("value", "more")));
        assertThat(approvals.open(release, GROUPS).number()).isEqualTo(3);
        assertThat(approvals.decisions(release)).isEmpty();
    }

    @Test
    void approvalsOfAnEarlierRoundDoNotCount() {
        approveByAll();
        content.put("window", new Content("Another window", Map.of("value", "later")));
        approvals.open(release, GROUPS);

        assertThat(obstacles()).hasSize(2).allSatisfy(sentence -> assertThat(sentence)
                .endsWith("is missing."));
        approve(CARLA, "change-authority");
        approve(BERT, "cab-member");
        assertThat(obstacles()).isEmpty();
    }

    @Test
    void aRoundHasADigestOfItsOwn() {
        String first = approvals.open(release, GROUPS).contentDigest();
        approve(CARLA, "change-authority");

        assertThat(approvals.open(release, GROUPS).contentDigest()).isNotEqualTo(first);
    }

    @Test
    void twoPeopleWhoApproveInTheSameMomentBothCount() throws Exception {
        approvals.open(release, GROUPS);

        List<Optional<String>> refusals =
                together(() -> approve(CARLA, "change-authority"), () -> approve(BERT, "cab-member"));

        assertThat(refusals).containsExactly(Optional.empty(), Optional.empty());
        assertThat(obstacles()).isEmpty();
    }

    @Test
    void onePersonWhoApprovesForTwoGroupsInTheSameMomentCountsOnce() throws Exception {
        when(access.groupsOf(CARLA)).thenReturn(GROUPS);
        approvals.open(release, GROUPS);

        List<Optional<String>> refusals =
                together(() -> approve(CARLA, "change-authority"), () -> approve(CARLA, "cab-member"));

        assertThat(refusals.stream().flatMap(Optional::stream)).singleElement().satisfies(sentence -> assertThat(
                        sentence)
                .contains("You have approved storefront-2.4.0 for the group"));
        assertThat(approvals.decisions(release)).hasSize(1);
    }

    @Test
    void onePersonCannotSatisfyASecondGroupInALaterRoundEither() {
        when(access.groupsOf(CARLA)).thenReturn(GROUPS);
        approvals.open(release, GROUPS);
        approve(CARLA, "change-authority");
        approvals.open(release, GROUPS);

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> approve(CARLA, "cab-member"));
        assertThatCode(() -> approve(CARLA, "change-authority")).doesNotThrowAnyException();
    }

    @Test
    void twoPeopleOfOneGroupGiveOneApproval() throws Exception {
        when(access.groupsOf("p-carlo")).thenReturn(List.of("change-authority"));
        approvals.open(release, GROUPS);

        List<Optional<String>> refusals =
                together(() -> approve(CARLA, "change-authority"), () -> approve("p-carlo", "change-authority"));

        assertThat(refusals.stream().flatMap(Optional::stream)).hasSize(1);
        assertThat(approvals.decisions(release)).hasSize(1);
    }

    @Test
    void whoeverRequestedAuthoredOrDeploysCannotApprove() {
        approvals.open(release, GROUPS);
        doThrow(new Refused("Whoever requested a release is another person"))
                .when(releases)
                .involve(release.id(), CARLA, Part.APPROVER);

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> approve(CARLA, "change-authority"));
        assertThat(approvals.decisions(release)).isEmpty();
    }

    @Test
    @Capability("8.4")
    void anApprovalDoesNotCountWhenItsGiverTookAnotherPartOrLostTheRole() {
        approveByAll();

        when(releases.involved(release.id(), Part.DEPLOYER)).thenReturn(List.of(BERT));
        assertThat(obstacles())
                .containsExactly(
                        "The approval by 'cab-member' does not count: the person who gave it requested, authored"
                                + " or deploys the release.");
        when(releases.involved(release.id(), Part.DEPLOYER)).thenReturn(List.of());
        when(access.groupsOf(BERT)).thenReturn(List.of("qa"));
        assertThat(obstacles())
                .containsExactly(
                        "The approval by 'cab-member' does not count: the person who gave it does not belong to"
                                + " that group any more.");
    }

    @Test
    void onlyMembersOfAGroupDecideForItAndOnlyWhereItMustApprove() {
        approvals.open(release, GROUPS);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> approve(BERT, "change-authority"))
                .withMessageContaining("to which you do not belong");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> approve(BERT, "qa"))
                .withMessageContaining("is not among those that approve");
        verify(releases, never()).involve(any(), any(), any());
    }

    @Test
    void anApprovalExpiresAfterTheTimeOfItsClass() {
        approveByAll();
        clock.advance(Duration.ofHours(10).minusMillis(1));
        assertThat(obstacles()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(obstacles()).hasSize(2).allSatisfy(sentence -> assertThat(sentence)
                .contains("expired at 2026-03-02T19:00:00Z"));
    }

    @Test
    void anEmergencyHasATimeOfItsOwn() {
        ReleaseFixture.classified(ReleaseClass.EMERGENCY, release);
        approveByAll();
        clock.advance(Duration.ofHours(1));

        assertThat(obstacles()).hasSize(2);
    }

    @Test
    void aRejectionNeedsAReasonAndEndsTheRound() {
        approvals.open(release, GROUPS);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(
                        () -> approvals.decide(release, "change-authority", CARLA, Verdict.REJECT, Optional.empty()))
                .withMessageContaining("approvalReason");

        approvals.decide(release, "change-authority", CARLA, Verdict.REJECT, Optional.of("No way back"));

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> approve(BERT, "cab-member"));
        assertThat(approvals.conclude(release)).isFalse();
        assertThat(obstacles()).contains("The group 'change-authority' rejected the change.");
        verify(releases, never()).enter(eq(release.id()), any());
    }

    @Test
    void aChangedPartCannotBeApprovedAnyMore() {
        approvals.open(release, GROUPS);
        content.put("package", new Content("The package", Map.of("value", "another")));

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> approve(CARLA, "change-authority"))
                .withMessageContaining("The part 'package' changed since it was approved");
    }

    @Test
    void aProcessThatWentOnTooEarlyIsNotBelieved() {
        approvals.open(release, GROUPS);
        approve(CARLA, "change-authority");

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> approvals.conclude(release))
                .withMessageContaining("by cab-member is missing");
    }

    @Test
    void moreRequirementsThanWereSignedCountAsMissing() {
        approveByAll();
        require(Set.of("cab-member", "change-authority", "security"));

        assertThat(obstacles()).containsExactly("The approval by 'security' is missing.");
    }

    @Test
    void productionIsTouchedUnderAnOpenTicketOnly() {
        approveByAll();

        when(tickets.find(release)).thenReturn(Optional.of(ticket(Change.State.CLOSED)));
        assertThat(obstacles()).containsExactly("The change ticket CHG-000001 is closed; it must be open.");
        when(tickets.find(release)).thenReturn(Optional.empty());
        assertThat(obstacles()).containsExactly("No change ticket of storefront-2.4.0 is found.");
    }

    private static List<Optional<String>> together(Runnable one, Runnable other) throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Optional<String>>> calls = List.of(refusalOf(one), refusalOf(other));
            List<Future<Optional<String>>> results = both.invokeAll(calls);
            return List.of(results.get(0).get(), results.get(1).get());
        } finally {
            both.shutdownNow();
        }
    }

    private static Callable<Optional<String>> refusalOf(Runnable call) {
        return () -> {
            try {
                call.run();
                return Optional.empty();
            } catch (Refused refused) {
                return Optional.of(String.valueOf(refused.getMessage()));
            }
        };
    }
}
