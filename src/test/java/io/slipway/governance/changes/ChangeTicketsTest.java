package io.slipway.governance.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.governance.AuditEntry;
import io.slipway.governance.AuditLog;
import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.ChangeRegister;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.SignedOutcomes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.PageRequest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The ticket of a release with the real register, and the audit trail that carries its number. */
@DataJpaTest(properties = {"slipway.data=target/data/${random.uuid}", "spring.flyway.password="})
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@ImportAutoConfiguration(JacksonAutoConfiguration.class)
@Import({ChangeTickets.class, TicketNumbers.class, ChangeCondition.class, AuditLog.class})
@Capability({"8.1", "8.2"})
@SuppressWarnings("NullAway.Init")
class ChangeTicketsTest {

    @TestConfiguration
    @ComponentScan(
            basePackageClasses = ChangeRegister.class,
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = ChangeRegister.class))
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
        }
    }

    @Autowired
    private ChangeTickets tickets;

    @Autowired
    private TicketNumbers numbers;

    @Autowired
    private ChangeCondition condition;

    @Autowired
    private ChangeRegister register;

    @Autowired
    private AuditLog log;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcTemplate jdbc;

    @MockitoBean
    private SignedOutcomes outcomes;

    @MockitoBean
    private EngineAccess access;

    private final Release release = ReleaseFixture.storefront240();

    @BeforeEach
    void begin() {
        jdbc.update("delete from change_ticket");
        jdbc.update("delete from change_register");
        jdbc.update("delete from audit_entry");
        when(outcomes.of(release)).thenReturn(Optional.empty());
        when(access.person()).thenReturn(Optional.of("p-rita"));
    }

    private void enter(ReleaseState state) {
        ReleaseState before = release.state();
        ReleaseFixture.in(state, release);
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> events.publishEvent(new ReleaseStateChanged(release, before)));
    }

    private Change ticket() {
        return tickets.find(release).orElseThrow();
    }

    private List<String> actions() {
        return log.of(release.id(), PageRequest.of(0, 50))
                .map(AuditEntry::action)
                .toList();
    }

    @Test
    void opensOneTicketHoweverOftenTheStepRuns() {
        String number = tickets.open(release);

        assertThat(tickets.open(release)).isEqualTo(number);
        assertThat(register.read(number)).hasValueSatisfying(change -> {
            assertThat(change.content().subject()).isEqualTo("storefront-2.4.0");
            assertThat(change.content().kind()).isEqualTo(Change.Kind.NORMAL);
        });
        assertThat(actions()).containsExactly("change.open");
    }

    @Test
    void anEmergencyIsMarkedInItsTicket() {
        Release emergency = ReleaseFixture.emergency();

        tickets.open(emergency);

        assertThat(tickets.find(emergency).map(change -> change.content().kind()))
                .contains(Change.Kind.EMERGENCY);
    }

    @Test
    void showsEveryStateInTheTicket() {
        ReleaseFixture.in(ReleaseState.AWAITING_APPROVAL, release);
        tickets.open(release);
        assertThat(ticket().state()).isEqualTo(Change.State.ASSESSING);

        enter(ReleaseState.APPROVED);
        assertThat(ticket().state()).isEqualTo(Change.State.AUTHORISED);
        enter(ReleaseState.SCHEDULED);
        assertThat(ticket().state()).isEqualTo(Change.State.SCHEDULED);
        enter(ReleaseState.DEPLOYING);
        assertThat(ticket().state()).isEqualTo(Change.State.IMPLEMENTING);
        enter(ReleaseState.ROLLING_BACK);
        assertThat(ticket().state()).isEqualTo(Change.State.BACKING_OUT);
        enter(ReleaseState.VALIDATING);
        assertThat(ticket().state()).isEqualTo(Change.State.REVIEWING);
    }

    @Test
    void aReleaseWithoutTicketPassesItsStatesQuietly() {
        assertThatCode(() -> enter(ReleaseState.PLANNED)).doesNotThrowAnyException();
        assertThat(numbers.of(release.id())).isEmpty();
    }

    @Test
    void aCancelledReleaseClosesItsTicket() {
        tickets.open(release);
        enter(ReleaseState.CANCELLED);

        assertThat(ticket().outcome()).contains(Change.Outcome.CANCELLED);
    }

    @Test
    void closesWithTheSignedOutcomeAndOnlyOnce() {
        tickets.open(release);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> tickets.close(release))
                .withMessageContaining("Nobody has signed");
        when(outcomes.of(release)).thenReturn(Optional.of(ReleaseOutcome.ROLLED_BACK));

        tickets.close(release);
        tickets.close(release);

        assertThat(ticket().outcome()).contains(Change.Outcome.ROLLED_BACK);
        assertThat(actions()).containsExactly("change.open", "change.close");
        assertThatCode(() -> enter(ReleaseState.CLOSED)).doesNotThrowAnyException();
    }

    @Test
    void aReleaseWithoutTicketCannotCloseOne() {
        when(outcomes.of(release)).thenReturn(Optional.of(ReleaseOutcome.SUCCESSFUL));

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> tickets.close(release));
    }

    @Test
    void everyEntryCarriesTheTicketOnceThereIsOne() {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status ->
                        log.record(AuditTrail.Entry.of(release.id(), "before.ticket", "x", Map.of(), Map.of("a", 1))));
        String number = tickets.open(release);
        new TransactionTemplate(transactions)
                .executeWithoutResult(status ->
                        log.record(AuditTrail.Entry.of(release.id(), "after.ticket", "x", Map.of(), Map.of())));

        List<AuditEntry> entries = log.of(release.id(), PageRequest.of(0, 10)).toList();
        assertThat(entries)
                .extracting(AuditEntry::action)
                .containsExactly("before.ticket", "change.open", "after.ticket");
        assertThat(entries)
                .extracting(AuditEntry::changeTicket)
                .containsExactly(Optional.empty(), Optional.of(number), Optional.of(number));
        assertThat(entries.get(0).actor()).isEqualTo("p-rita");
        assertThat(entries.get(0).after()).isEqualTo("{\"a\":1}");
    }

    @Test
    void anEntryOutsideATransactionIsRefused() {
        assertThatExceptionOfType(org.springframework.transaction.IllegalTransactionStateException.class)
                .isThrownBy(() -> log.record(AuditTrail.Entry.of(release.id(), "x", "x", Map.of(), Map.of())));
    }

    @Test
    @Capability("7.6")
    void theClosingConditionHoldsWhileTheTicketIsOpenOrClosedAsSigned() {
        assertThat(condition.evaluate(release).met()).isFalse();

        String number = tickets.open(release);
        assertThat(condition.evaluate(release).met()).isTrue();

        register.close(number, Change.Outcome.SUCCESSFUL, "");
        assertThat(condition.evaluate(release)).satisfies(finding -> {
            assertThat(finding.met()).isFalse();
            assertThat(finding.evidence()).isEqualTo(number + " was closed as successful.");
            assertThat(finding.remedies()).hasSize(1);
        });
        when(outcomes.of(release)).thenReturn(Optional.of(ReleaseOutcome.SUCCESSFUL));
        assertThat(condition.evaluate(release).met()).isTrue();
    }
}
