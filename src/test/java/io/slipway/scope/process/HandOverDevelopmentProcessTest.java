package io.slipway.scope.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseScope;
import io.slipway.scope.ExitCriteria;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.bpm.engine.test.assertions.ProcessEngineTests;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Deployment(resources = "bpmn/scope/hand-over-development.bpmn")
@Capability("1.4")
class HandOverDevelopmentProcessTest {

    private static final String TASK = "userTask_attestExitCriteria";
    private static final Release RELEASE =
            ReleaseFixture.classified(ReleaseClass.MINOR, ReleaseFixture.storefront240());
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final ExitCriteria CRITERIA = mock(ExitCriteria.class);
    private static final AttestExitCriteriaTask HANDLER = new AttestExitCriteriaTask(CRITERIA, SCOPE);
    private static final ModelEngine ENGINE =
            ModelEngine.of("hand-over-development", HANDLER, new CheckExitCriteriaDelegate(CRITERIA, SCOPE));

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(CRITERIA);
        when(CRITERIA.standing(RELEASE))
                .thenReturn(List.of(
                        new ExitCriteria.Standing("frozen", "The scope is frozen.", false, true, "ok", null, null),
                        new ExitCriteria.Standing("tests-pass", "Tests pass.", true, false, "–", null, null)));
        ENGINE.begin();
        ProcessEngineTests.init(ENGINE.engine());
    }

    private static ProcessInstance started() {
        ProcessInstance instance = ENGINE.start(
                HandOverDevelopmentProcess.KEY, Map.of("releaseId", RELEASE.id().toString()));
        ENGINE.runJob("startEvent_developmentOpened");
        return instance;
    }

    @Test
    void handsOverOnlyWhenNoCriterionIsOpen() {
        when(CRITERIA.check(RELEASE)).thenReturn(1, 0);
        ProcessInstance instance = started();
        ENGINE.complete(
                "p-dana",
                "developer",
                TASK,
                Map.of("metCriteria", List.of("tests-pass"), "handOverNote", "pipeline 4711"));
        ENGINE.runJob("serviceTask_checkExitCriteria");
        assertThat(instance).isWaitingAt(TASK);

        ENGINE.complete("p-dana", "developer", TASK, Map.of());
        ENGINE.runJob("serviceTask_checkExitCriteria");

        assertThat(instance).isEnded();
        verify(CRITERIA).attest(RELEASE, "p-dana", List.of("tests-pass"), "pipeline 4711");
        verify(CRITERIA).attest(RELEASE, "p-dana", List.of(), "");
    }

    @Test
    void offersOnlyWhatWaitsForAnAttestation() {
        started();
        String task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(TASK)
                .singleResult()
                .getId();

        assertThat(ENGINE.engine()
                        .getTaskService()
                        .getVariableLocal(task, "brief")
                        .toString())
                .contains("\"criteriaOptions\":[{\"label\":\"Tests pass.\",\"value\":\"tests-pass\"}]")
                .contains("\"criterion\":\"The scope is frozen.\",\"kind\":\"Looked up\",\"state\":\"Met\"");
    }

    @Test
    void keepsTheTaskWhenTheAttestationIsRefused() {
        doThrow(new Refused("metCriteria", "Please tick what is met"))
                .when(CRITERIA)
                .attest(any(), any(), any(), any());
        ProcessInstance instance = started();

        assertThatThrownBy(() -> ENGINE.complete("p-dana", "developer", TASK, Map.of()))
                .hasMessageContaining("Please tick what is met");
        assertThat(instance).isWaitingAt(TASK);
    }

    @Test
    @Capability("8.4")
    void makesTheDeveloperAnAuthorOfTheRelease() {
        assertThat(HANDLER.part()).isEqualTo(Part.AUTHOR);
    }
}
