package io.slipway.release.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.reset;

import io.slipway.Capability;
import io.slipway.platform.process.ModelEngine;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseState;
import io.slipway.release.Releases;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.InOrder;

@Deployment(resources = "bpmn/release/authorise-change.bpmn")
@Capability("8.1")
class AuthoriseChangeProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final Releases RELEASES = mock(Releases.class);
    private static final CalledProcesses CALLED = new CalledProcesses("approve-change", "confirm-readiness");
    private static final ModelEngine ENGINE = ModelEngine.of(
                    "authorise-change", new ReleaseStates(RELEASES, ReleaseFixture.scopeOf(RELEASE)))
            .delegate("calledProcesses", CALLED);

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension("approve-change", "confirm-readiness");

    @BeforeEach
    void begin() {
        reset(RELEASES);
        ENGINE.begin();
        init(ENGINE.engine());
        CALLED.deploy(ENGINE);
    }

    @AfterEach
    void end() {
        CALLED.undeploy(ENGINE);
    }

    private static ProcessInstance opened() {
        ProcessInstance authorisation = ENGINE.start(
                AuthoriseChangeProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "releaseClass", "MINOR"));
        ENGINE.runJob("startEvent_authorisationOpened");
        return authorisation;
    }

    @Test
    void readinessIsConfirmedOnlyAfterTheChangeIsApproved() {
        ProcessInstance authorisation = opened();
        assertThat(authorisation).isWaitingAt("callActivity_approveChange");
        CALLED.end(ENGINE, "approve-change");
        assertThat(authorisation).isWaitingAt("callActivity_confirmReadiness");
        CALLED.end(ENGINE, "confirm-readiness");

        assertThat(authorisation).isEnded().hasPassed("endEvent_authorised");
        InOrder states = inOrder(RELEASES);
        states.verify(RELEASES).enter(RELEASE.id(), ReleaseState.AWAITING_APPROVAL);
        states.verify(RELEASES).enter(RELEASE.id(), ReleaseState.SCHEDULED);
    }

    @Test
    void aRejectionIsNoOutcomeOfThisProcessButOfItsCaller() {
        ProcessInstance authorisation = opened();

        assertThatThrownBy(() -> CALLED.endWith(ENGINE, "approve-change", "CHANGE_REJECTED"))
                .hasMessageContaining("CHANGE_REJECTED");
        assertThat(authorisation)
                .isWaitingAt("callActivity_approveChange")
                .hasNotPassed("callActivity_confirmReadiness");
    }
}
