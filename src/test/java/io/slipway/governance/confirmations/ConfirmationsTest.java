package io.slipway.governance.confirmations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.EngineAccess;
import io.slipway.platform.process.OpenBriefs;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.process.UserTasks;
import io.slipway.platform.security.PasswordCheck;
import io.slipway.platform.time.SettableClock;
import io.slipway.release.AuditTrail;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.orm.jpa.DataJpaTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Confirmations on a real database: what they bind, how long they hold, and that each is used once. */
@DataJpaTest(
        properties = {
            "slipway.data=target/data/${random.uuid}",
            "spring.flyway.password=",
            "slipway.base-url=https://slipway.example"
        })
@AutoConfigureTestDatabase
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Confirmations.class, ConfirmationBook.class, ConfirmationRule.class})
@Capability("8.1")
@SuppressWarnings("NullAway.Init")
class ConfirmationsTest {

    private static final String CARLA = "p-carla";
    private static final String TASK = "task-1";
    private static final String PASSWORD = "right one";
    private static final String REFUSAL =
            "Please confirm your decision first at https://slipway.example/confirm/task-1; the confirmation is valid for"
                    + " five minutes.";

    @TestConfiguration
    static class Ground {

        @Bean
        SettableClock clock() {
            return new SettableClock(Instant.parse("2026-03-02T09:00:00Z"));
        }
    }

    /** A task whose decision is confirmed. */
    interface Confirmed extends UserTaskHandler, ConfirmedDecision {}

    @Autowired
    private Confirmations confirmations;

    @Autowired
    private ConfirmationRule rule;

    @Autowired
    private SettableClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @MockitoBean
    private PasswordCheck passwords;

    @MockitoBean
    private UserTasks handlers;

    @MockitoBean
    private OpenBriefs briefs;

    @MockitoBean(answers = Answers.RETURNS_DEEP_STUBS)
    private TaskService tasks;

    @MockitoBean(answers = Answers.RETURNS_DEEP_STUBS)
    private RuntimeService runtime;

    @MockitoBean
    private Releases releases;

    @MockitoBean
    private EngineAccess access;

    @MockitoBean
    private AuditTrail audit;

    @MockitoBean
    private ReleaseScope scope;

    private final Release release = ReleaseFixture.storefront240();
    private final Confirmed handler = mock(Confirmed.class);
    private final Task task = mock(Task.class);

    @BeforeEach
    @SuppressWarnings("unchecked")
    void begin() {
        jdbc.update("delete from confirmation");
        clock.set(Instant.parse("2026-03-02T09:00:00Z"));
        when(access.asSystem(any())).thenAnswer(call -> ((Supplier<Object>) call.getArgument(0)).get());
        when(access.groupsOf(CARLA)).thenReturn(List.of("change-authority"));
        when(passwords.matches(anyString(), anyString())).thenReturn(false);
        when(passwords.matches(CARLA, PASSWORD)).thenReturn(true);
        when(passwords.matches("p-carlo", PASSWORD)).thenReturn(true);

        when(task.getId()).thenReturn(TASK);
        when(task.getName()).thenReturn("Approve change");
        when(task.getTaskDefinitionKey()).thenReturn("userTask_approveChange");
        when(task.getProcessDefinitionId()).thenReturn("approve-change:1:77");
        when(task.getProcessInstanceId()).thenReturn("pi-1");
        when(task.getAssignee()).thenReturn(CARLA);
        when(tasks.createTaskQuery().taskId(TASK).singleResult()).thenReturn(task);
        when(tasks.createTaskQuery().taskId("other").singleResult()).thenReturn(null);
        when(briefs.read(TASK)).thenReturn(Brief.of("May it go?").fact("Class", "MAJOR"));
        ProcessInstance instance = mock(ProcessInstance.class);
        when(instance.getBusinessKey()).thenReturn(release.key());
        when(runtime.createProcessInstanceQuery().processInstanceId("pi-1").singleResult())
                .thenReturn(instance);
        when(releases.find(release.key())).thenReturn(Optional.of(release));
        when(scope.of(any())).thenReturn(release);

        when(handlers.handler("approve-change", "userTask_approveChange")).thenReturn(Optional.of(handler));
        when(handler.choices())
                .thenReturn(List.of(
                        new ConfirmedDecision.Choice("APPROVE", "Approve"),
                        new ConfirmedDecision.Choice("REJECT", "Reject")));
        when(handler.decisionOf(any()))
                .thenAnswer(call ->
                        ((Submission) call.getArgument(0)).text("decision", 20).orElse(""));
        content("c1");
    }

    private void content(String digest) {
        when(handler.content(release))
                .thenReturn(new ConfirmedDecision.Content(
                        digest, List.of(new ConfirmedDecision.Shown("package", "3 files", "d1"))));
    }

    private void complete(String person, String taskId, String decision) {
        DelegateTask completed = mock(DelegateTask.class);
        when(completed.getId()).thenReturn(taskId);
        new TransactionTemplate(transactions)
                .executeWithoutResult(
                        status -> rule.check(completed, handler, Submission.of(person, Map.of("decision", decision))));
    }

    private void refused(String person, String taskId, String decision) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> complete(person, taskId, decision));
    }

    @Test
    void aDecisionWithoutConfirmationIsRefusedWithTheLink() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> complete(CARLA, TASK, "APPROVE"))
                .withMessage(REFUSAL);
    }

    @Test
    void aConfirmedDecisionPassesOnceAndIsRefusedTheSecondTime() {
        confirmations.confirm(CARLA, PASSWORD, TASK, "APPROVE");

        assertThatCode(() -> complete(CARLA, TASK, "APPROVE")).doesNotThrowAnyException();
        refused(CARLA, TASK, "APPROVE");
    }

    @Test
    void aConfirmationHoldsForFiveMinutesAndNotLonger() {
        Instant expires = confirmations.confirm(CARLA, PASSWORD, TASK, "APPROVE");
        assertThat(expires).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));

        clock.advance(Duration.ofMinutes(5));
        refused(CARLA, TASK, "APPROVE");
        clock.set(expires.minusMillis(1));
        assertThatCode(() -> complete(CARLA, TASK, "APPROVE")).doesNotThrowAnyException();
    }

    @Test
    void aConfirmationIsForOnePersonOneTaskOneDecisionAndOneContent() {
        confirmations.confirm(CARLA, PASSWORD, TASK, "APPROVE");

        refused(CARLA, TASK, "REJECT");
        refused("p-carlo", TASK, "APPROVE");
        refused(CARLA, "task-2", "APPROVE");
        content("c2");
        refused(CARLA, TASK, "APPROVE");
        content("c1");
        assertThatCode(() -> complete(CARLA, TASK, "APPROVE")).doesNotThrowAnyException();
    }

    @Test
    void aCompletionThatIsRefusedAfterwardsLeavesTheConfirmation() {
        confirmations.confirm(CARLA, PASSWORD, TASK, "APPROVE");
        DelegateTask completed = mock(DelegateTask.class);
        when(completed.getId()).thenReturn(TASK);

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    rule.check(completed, handler, Submission.of(CARLA, Map.of("decision", "APPROVE")));
                    throw new Refused("Something else was wrong.");
                }));

        assertThatCode(() -> complete(CARLA, TASK, "APPROVE")).doesNotThrowAnyException();
    }

    @Test
    void twoCompletionsInTheSameMomentUseOneConfirmationOnce() throws Exception {
        confirmations.confirm(CARLA, PASSWORD, TASK, "APPROVE");
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            Callable<Boolean> attempt = () -> {
                try {
                    complete(CARLA, TASK, "APPROVE");
                    return true;
                } catch (Refused e) {
                    return false;
                }
            };
            var results = both.invokeAll(List.of(attempt, attempt));
            assertThat(List.of(results.get(0).get(), results.get(1).get())).containsExactlyInAnyOrder(true, false);
        } finally {
            both.shutdownNow();
        }
    }

    @Test
    void aWrongPasswordConfirmsNothing() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> confirmations.confirm(CARLA, "wrong", TASK, "APPROVE"))
                .withMessageContaining("password");
        refused(CARLA, TASK, "APPROVE");
        verify(audit, never()).record(any());
    }

    @Test
    void aDecisionThatTheTaskDoesNotHaveIsRefusedBeforeThePasswordIsAsked() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> confirmations.confirm(CARLA, PASSWORD, TASK, "PERHAPS"));
        verify(passwords, never()).matches(anyString(), anyString());
    }

    @Test
    void nobodyElseLearnsOfTheTask() {
        assertThatExceptionOfType(NotFound.class).isThrownBy(() -> confirmations.preview("p-carlo", TASK));
        assertThatExceptionOfType(NotFound.class)
                .isThrownBy(() -> confirmations.confirm("p-carlo", PASSWORD, TASK, "APPROVE"));
        assertThatExceptionOfType(NotFound.class).isThrownBy(() -> confirmations.preview(CARLA, "other"));
    }

    @Test
    void membersOfItsGroupSeeATaskThatNobodyHolds() {
        when(task.getAssignee()).thenReturn(null);
        IdentityLink link = mock(IdentityLink.class);
        when(link.getGroupId()).thenReturn("change-authority");
        when(tasks.getIdentityLinksForTask(TASK)).thenReturn(List.of(link));
        when(access.groupsOf("p-dana")).thenReturn(List.of("developer@storefront"));

        assertThat(confirmations.preview(CARLA, TASK).heading()).isEqualTo("May it go?");
        assertThatExceptionOfType(NotFound.class).isThrownBy(() -> confirmations.preview("p-dana", TASK));
    }

    @Test
    void thePreviewShowsTheFactsOfTheTaskAndWhatIsConfirmed() {
        Confirmations.Preview preview = confirmations.preview(CARLA, TASK);

        assertThat(preview.release()).isEqualTo("storefront-2.4.0");
        assertThat(preview.facts()).containsExactly(new Confirmations.Fact("Class", "MAJOR"));
        assertThat(preview.content().digest()).isEqualTo("c1");
        assertThat(preview.choices()).hasSize(2);
    }

    @Test
    void aTaskWhoseDecisionIsNotConfirmedPassesWithout() {
        UserTaskHandler plain = mock(UserTaskHandler.class);

        assertThatCode(() -> rule.check(mock(DelegateTask.class), plain, Submission.of(CARLA, Map.of())))
                .doesNotThrowAnyException();
        when(handlers.handler("approve-change", "userTask_approveChange")).thenReturn(Optional.of(plain));
        assertThatExceptionOfType(NotFound.class).isThrownBy(() -> confirmations.preview(CARLA, TASK));
    }
}
