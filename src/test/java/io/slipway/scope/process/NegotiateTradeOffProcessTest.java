package io.slipway.scope.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.ScopeFixture;
import io.slipway.scope.TradeOffs;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.camunda.spin.plugin.variable.SpinValues;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/scope/negotiate-trade-off.bpmn")
@Capability("1.2")
class NegotiateTradeOffProcessTest {

    private static final String ANSWER = "userTask_answerTradeOff";
    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final TradeOffs TRADE_OFFS = mock(TradeOffs.class);
    private static final People PEOPLE = mock(People.class);
    private static final ModelEngine ENGINE = ModelEngine.of(
            "negotiate-trade-off",
            new ComputeOptionsDelegate(TRADE_OFFS, SCOPE),
            new AnswerTradeOffTask(TRADE_OFFS, SCOPE, PEOPLE),
            new EscalateSilenceDelegate(TRADE_OFFS, SCOPE),
            new ConcludeTradeOffDelegate(TRADE_OFFS, SCOPE),
            new EscalateDisagreementDelegate(TRADE_OFFS, SCOPE),
            new DecideTradeOffTask(TRADE_OFFS, SCOPE, PEOPLE),
            new ApplyTradeOffDelegate(TRADE_OFFS, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(TRADE_OFFS, PEOPLE);
        when(PEOPLE.name("p-olga")).thenReturn("Olga");
        when(TRADE_OFFS.compute(RELEASE, 1)).thenReturn(List.of("p-olga", TradeOffs.ANY_OWNER));
        when(TRADE_OFFS.standing(RELEASE, 1)).thenReturn(ScopeFixture.tradeOff());
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance asked() {
        ProcessInstance instance = ENGINE.start(
                NegotiateTradeOffProcess.KEY,
                Map.of("releaseId", RELEASE.id().toString(), "tradeOffNumber", 1, "tradeOffSilence", "R3/PT24H"));
        ENGINE.runJobs("startEvent_tradeOffOpened", "serviceTask_computeOptions");
        return instance;
    }

    private static void accept(String person, String group) {
        ENGINE.complete(
                person,
                group,
                ANSWER,
                Map.of(
                        "tradeOffAnswer",
                        "ACCEPT",
                        "acceptedOptions",
                        SpinValues.jsonValue("[\"RAISE\"]").create()));
    }

    @Test
    void appliesWhatEveryOwnerAccepts() {
        when(TRADE_OFFS.conclude(RELEASE, 1)).thenReturn(TradeOffs.Outcome.AGREED);
        ProcessInstance instance = asked();
        accept("p-olga", "product-owner");
        accept("p-rita", "release-manager");
        ENGINE.runJobs("serviceTask_concludeTradeOff", "serviceTask_applyTradeOff");

        assertThat(instance).isEnded().hasPassed("endEvent_tradeOffDecided");
        TradeOffs.Reply reply = new TradeOffs.Reply(TradeOffs.Answer.ACCEPT, List.of("RAISE"), null, null, "");
        verify(TRADE_OFFS).answer(RELEASE, 1, "p-olga", "p-olga", reply);
        verify(TRADE_OFFS).answer(RELEASE, 1, TradeOffs.ANY_OWNER, "p-rita", reply);
        verify(TRADE_OFFS).apply(RELEASE, 1);
    }

    @Test
    void computesACounterOfferAnewAndAsksEverybodyAgain() {
        when(TRADE_OFFS.conclude(RELEASE, 1)).thenReturn(TradeOffs.Outcome.RECOMPUTE);
        ProcessInstance instance = asked();
        ENGINE.complete(
                "p-olga",
                "product-owner",
                ANSWER,
                Map.of(
                        "tradeOffAnswer",
                        "COUNTER",
                        "counterCapacity",
                        12,
                        "counterTarget",
                        "2026-12-31",
                        "answerReason",
                        "two more can be had"));
        accept("p-rita", "release-manager");
        ENGINE.runJobs("serviceTask_concludeTradeOff", "serviceTask_computeOptions");

        assertThat(instance).isWaitingAt(ANSWER);
        verify(TRADE_OFFS)
                .answer(
                        RELEASE,
                        1,
                        "p-olga",
                        "p-olga",
                        new TradeOffs.Reply(
                                TradeOffs.Answer.COUNTER,
                                List.of(),
                                12,
                                LocalDate.of(2026, 12, 31),
                                "two more can be had"));
    }

    @Test
    void takesSilenceUpTheLadderAndGoesOnWaiting() {
        ProcessInstance instance = asked();
        ENGINE.runJobs("event_ownersSilent", "serviceTask_escalateSilence");

        assertThat(instance).hasPassed("endEvent_silenceEscalated").isWaitingAt(ANSWER);
        verify(TRADE_OFFS).escalate(RELEASE, 1, true);
    }

    @Test
    void letsAReleaseManagerDecideWhereOwnersDisagree() {
        when(TRADE_OFFS.conclude(RELEASE, 1)).thenReturn(TradeOffs.Outcome.DISAGREED);
        ProcessInstance instance = asked();
        accept("p-olga", "product-owner");
        ENGINE.complete(
                "p-paul",
                "product-owner",
                ANSWER,
                Map.of("tradeOffAnswer", "REJECT", "answerReason", "none of them will do"));
        ENGINE.runJobs("serviceTask_concludeTradeOff", "serviceTask_escalateDisagreement");
        assertThat(instance).isWaitingAt("userTask_decideTradeOff");
        assertThatThrownBy(() -> ENGINE.complete(
                        "p-rita", "release-manager", "userTask_decideTradeOff", Map.of("tradeOffDecision", "TAKE")))
                .hasMessageContaining("takenOption");
        ENGINE.complete(
                "p-rita",
                "release-manager",
                "userTask_decideTradeOff",
                Map.of(
                        "tradeOffDecision",
                        "TAKE",
                        "takenOption",
                        SpinValues.jsonValue("[\"RAISE\"]").create(),
                        "decisionReason",
                        "law first"));
        ENGINE.runJob("serviceTask_applyTradeOff");

        assertThat(instance).isEnded();
        verify(TRADE_OFFS).escalate(RELEASE, 1, false);
        verify(TRADE_OFFS).decide(RELEASE, 1, "p-rita", Optional.of("RAISE"), "law first");
    }

    @Test
    void tellsTheOptionsWithTheirEffectAndWhoIsAsked() {
        asked();
        Task task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(ANSWER)
                .list()
                .get(0);

        org.assertj.core.api.Assertions.assertThat(ENGINE.engine()
                        .getTaskService()
                        .getVariableLocal(task.getId(), "brief")
                        .toString())
                .contains("The capacity of 10 person days is too small", "Raise the capacity by 3 person days");
        assertThatThrownBy(() -> ENGINE.complete(
                        "p-olga",
                        "product-owner",
                        ANSWER,
                        Map.of("tradeOffAnswer", "COUNTER", "counterTarget", "soon", "answerReason", "x")))
                .hasMessageContaining("2026-12-31");
    }
}
