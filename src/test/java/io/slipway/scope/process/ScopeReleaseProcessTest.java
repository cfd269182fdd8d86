package io.slipway.scope.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Urgency;
import io.slipway.scope.ClassFacts;
import io.slipway.scope.ScopeFixture;
import io.slipway.scope.Scopes;
import io.slipway.scope.UsersAffected;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = {"bpmn/scope/scope-release.bpmn", "bpmn/scope/release-class.dmn"})
@Capability("1.1")
class ScopeReleaseProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Scopes SCOPES = mock(Scopes.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "scope-release",
            new ScopeRounds(SCOPES, SCOPE),
            new SupplyItemsTask(SCOPES, SCOPE),
            new ProposeScopeDelegate(SCOPES, SCOPE),
            new ConfirmScopeTask(SCOPES, SCOPE),
            new FreezeScopeDelegate(SCOPES, SCOPE),
            new RecordClassDelegate(SCOPES, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(SCOPES);
        when(SCOPES.items(RELEASE))
                .thenReturn(
                        List.of(ScopeFixture.in("DISCOUNT", "=Quantity discount"), ScopeFixture.out("TIDY", "Tidy")));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance started() {
        ProcessInstance instance = ENGINE.start(
                ScopeReleaseProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJob(ScopeReleaseProcess.Element.SCOPE_OPENED.id());
        return instance;
    }

    private static ProcessInstance proposed() {
        ProcessInstance instance = started();
        ENGINE.complete("p-rita", "release-manager", "userTask_supplyItems", Map.of("itemsNote", "from the backlog"));
        ENGINE.runJob("serviceTask_proposeScope");
        return instance;
    }

    private static void confirm(Map<String, Object> inputs) {
        ENGINE.complete("p-olga", "product-owner", "userTask_confirmScope", inputs);
    }

    @Test
    void freezesWhatTheProductOwnerConfirmsAndGivesItItsClass() {
        when(SCOPES.freeze(RELEASE)).thenReturn(new ClassFacts(Urgency.NORMAL, 0, 2, false, 5, 2));
        ProcessInstance instance = proposed();
        confirm(Map.of(
                "scopeDecision",
                "CONFIRM",
                "excludedItems",
                "TIDY, COUPON",
                "deferredItems",
                "LATER",
                "addedItems",
                "EXTRA",
                "scopeReason",
                "no time",
                "usersAffected",
                "MANY"));
        ENGINE.runJobs("serviceTask_freezeScope", "businessRuleTask_classifyRelease", "serviceTask_recordClass");

        assertThat(instance).isEnded().variables().containsEntry("releaseClass", "MINOR");
        var order = inOrder(SCOPES);
        order.verify(SCOPES).openRound(RELEASE);
        order.verify(SCOPES).supply(RELEASE, "p-rita", "from the backlog");
        order.verify(SCOPES).propose(RELEASE);
        order.verify(SCOPES)
                .confirm(
                        RELEASE,
                        "p-olga",
                        new Scopes.Confirmation(
                                Map.of("TIDY", "no time", "COUPON", "no time"),
                                Map.of("LATER", "no time"),
                                Map.of("EXTRA", "no time"),
                                UsersAffected.MANY,
                                "no time"));
        order.verify(SCOPES).freeze(RELEASE);
        order.verify(SCOPES).recordClass(RELEASE, "MINOR");
    }

    @Test
    void asksForItemsAgainWhenTheProductOwnerSendsTheScopeBack() {
        ProcessInstance instance = proposed();
        confirm(Map.of("scopeDecision", "REWORK", "scopeReason", "Coupons are too risky"));

        assertThat(instance).isWaitingAt("userTask_supplyItems");
        verify(SCOPES).sendBack(RELEASE, "p-olga", "Coupons are too risky");
        verify(SCOPES, never()).confirm(any(), any(), any());
    }

    @Test
    void showsTheItemsAsTextWithTheReasonOfEach() {
        proposed();
        Task task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey("userTask_confirmScope")
                .singleResult();

        String brief = ENGINE.engine()
                .getTaskService()
                .getVariableLocal(task.getId(), "brief")
                .toString();
        assertThat(brief)
                .contains("Is this what storefront-2.4.0 contains?", "=Quantity discount", "chosen: value 10")
                .contains("\"label\":\"Items in\",\"value\":\"1 of 2\"");
    }

    @Test
    void keepsTheTaskWithTheSentenceWhenTheDecisionIsNotAcceptable() {
        ProcessInstance instance = proposed();
        doThrow(new Refused("excludedItems", "COUPON needs DISCOUNT"))
                .when(SCOPES)
                .confirm(any(), any(), any());

        assertThatThrownBy(() -> confirm(Map.of("scopeDecision", "PERHAPS"))).hasMessageContaining("CONFIRM, REWORK");
        assertThatThrownBy(() -> confirm(Map.of("scopeDecision", "REWORK"))).hasMessageContaining("scopeReason");
        assertThatThrownBy(() -> confirm(Map.of("scopeDecision", "CONFIRM"))).hasMessageContaining("usersAffected");
        assertThatThrownBy(() -> confirm(
                        Map.of("scopeDecision", "CONFIRM", "excludedItems", "DISCOUNT", "usersAffected", "FEW")))
                .hasMessageContaining("scopeReason");
        assertThatThrownBy(() -> confirm(Map.of("scopeDecision", "CONFIRM", "usersAffected", "ALL")))
                .hasMessageContaining("COUPON needs DISCOUNT");
        assertThat(instance).isWaitingAt("userTask_confirmScope");
        assertThatThrownBy(() -> ENGINE.complete("p-dana", "developer", "userTask_confirmScope", Map.of()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @Capability({"1.3", "8.4"})
    void stopsWhenSomebodyWritesAnotherClassIntoTheProcess() {
        when(SCOPES.freeze(RELEASE)).thenReturn(new ClassFacts(Urgency.NORMAL, 1, 2, false, 5, 2));
        when(SCOPES.recordClass(RELEASE, "MINOR")).thenThrow(new IllegalStateException("the table gives MAJOR"));
        ProcessInstance instance = proposed();
        confirm(Map.of("scopeDecision", "CONFIRM", "usersAffected", "FEW"));
        ENGINE.runJobs("serviceTask_freezeScope", "businessRuleTask_classifyRelease");
        ENGINE.engine().getRuntimeService().setVariable(instance.getId(), "releaseClass", "MINOR");

        assertThatThrownBy(() -> ENGINE.runJob("serviceTask_recordClass"))
                .hasMessageContaining("the table gives MAJOR");
        assertThat(instance).isWaitingAt("serviceTask_recordClass");
    }
}
