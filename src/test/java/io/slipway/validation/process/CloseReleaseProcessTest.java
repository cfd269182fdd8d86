package io.slipway.validation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import io.slipway.platform.process.TaskRefused;
import io.slipway.release.ClosingCondition.Finding;
import io.slipway.release.Part;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseFixture;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseScope;
import io.slipway.release.Releases;
import io.slipway.validation.Validations;
import io.slipway.validation.closing.Closing;
import io.slipway.validation.closing.ClosingEvaluation;
import io.slipway.validation.closing.EmergencyReview;
import io.slipway.validation.closing.ReviewVerdict;
import io.slipway.validation.process.CloseReleaseProcess.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.Deployment;
import org.camunda.community.process_test_coverage.junit5.platform7.ProcessEngineCoverageExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.InOrder;

/** The model {@code close-release} with its delegates and tasks; what closing does is told by mocks. */
@Deployment(
        resources = {
            "bpmn/validation/close-release.bpmn",
            "forms/validation/resolve-open-points.form",
            "forms/validation/review-emergency.form",
            "forms/validation/sign-closure.form"
        })
@Capability("7.6")
class CloseReleaseProcessTest {

    private static final Release RELEASE = ReleaseFixture.storefront240();
    private static final ReleaseScope SCOPE = ReleaseFixture.scopeOf(RELEASE);
    private static final Closing CLOSING = mock(Closing.class);
    private static final Validations VALIDATIONS = mock(Validations.class);
    private static final Releases RELEASES = mock(Releases.class);
    private static final JavaDelegate CLOSE_CHANGE = mock(JavaDelegate.class);

    private static final ModelEngine ENGINE = ModelEngine.of(
                    "close-release",
                    new UpdateRegisterDelegate(CLOSING, SCOPE),
                    new EvaluateClosingDelegate(CLOSING, SCOPE),
                    new ResolveOpenPointsTask(CLOSING, SCOPE),
                    new ReviewEmergencyTask(CLOSING, RELEASES, SCOPE),
                    new SignClosureTask(CLOSING, VALIDATIONS, SCOPE),
                    new CloseReleaseDelegate(CLOSING, SCOPE))
            .delegate("closeChangeDelegate", CLOSE_CHANGE);

    @RegisterExtension
    static final ProcessEngineCoverageExtension COVERAGE = ENGINE.extension();

    @BeforeEach
    void begin() {
        reset(CLOSING, VALIDATIONS, RELEASES, CLOSE_CHANGE);
        ClosingEvaluation evaluation = mock(ClosingEvaluation.class);
        when(evaluation.digest()).thenReturn("e".repeat(64));
        when(evaluation.findings())
                .thenReturn(Map.of(
                        "register",
                        new Finding(true, "Both say 2.4.0.", List.of()),
                        "live",
                        new Finding(false, "Production runs 2.3.0.", List.of("Please deploy again."))));
        when(CLOSING.latest(RELEASE)).thenReturn(Optional.of(evaluation));
        ENGINE.begin();
    }

    @Test
    void closesWhenNothingIsOpenAndTheClosureIsSigned() throws Exception {
        ProcessInstance closing = started("MINOR");
        ENGINE.runJobs(Element.UPDATE_REGISTER.id(), Element.EVALUATE_CLOSING.id());
        sign("SUCCESSFUL");
        ENGINE.runJobs(Element.CLOSE_CHANGE.id(), Element.CLOSE_RELEASE.id());

        InOrder order = inOrder(CLOSING, CLOSE_CHANGE);
        order.verify(CLOSING).updateRegister(RELEASE);
        order.verify(CLOSING).evaluate(RELEASE);
        order.verify(CLOSING).sign(RELEASE, "p-rita", ReleaseOutcome.SUCCESSFUL, "all well");
        order.verify(CLOSE_CHANGE).execute(any());
        order.verify(CLOSING).close(RELEASE);
        assertThat(ended(closing)).isTrue();
    }

    @Test
    void openPointsAreSettledAndAskedAgain() {
        when(CLOSING.evaluate(RELEASE)).thenReturn(1, 0);
        started("MINOR");
        ENGINE.runJobs(Element.UPDATE_REGISTER.id(), Element.EVALUATE_CLOSING.id());

        assertThat(brief(Element.RESOLVE_OPEN_POINTS))
                .contains("Production runs 2.3.0.", "Please deploy again.")
                .doesNotContain("Both say 2.4.0.");
        ENGINE.complete(
                "p-rita", "release-manager", Element.RESOLVE_OPEN_POINTS.id(), Map.of("openPointsNote", "deployed"));
        verify(CLOSING).resolve(RELEASE, "p-rita", "deployed");
        ENGINE.runJob(Element.EVALUATE_CLOSING.id());

        assertThat(brief(Element.SIGN_CLOSURE)).contains("Both say 2.4.0.", "Production runs 2.3.0.");
    }

    @Test
    void anEmergencyIsReviewedBeforeItIsSigned() {
        EmergencyReview review = mock(EmergencyReview.class);
        when(review.verdict()).thenReturn(ReviewVerdict.FINDINGS);
        when(RELEASES.involved(RELEASE.id(), Part.APPROVER)).thenReturn(List.of("p-carla"));
        started("EMERGENCY");
        ENGINE.runJobs(Element.UPDATE_REGISTER.id(), Element.EVALUATE_CLOSING.id());
        when(CLOSING.reviewed(RELEASE)).thenReturn(Optional.of(review));

        ENGINE.complete(
                "p-carlo",
                "change-authority",
                Element.REVIEW_EMERGENCY.id(),
                Map.of("reviewVerdict", "FINDINGS", "reviewNote", "No test of the way back"));

        verify(CLOSING).review(RELEASE, "p-carlo", ReviewVerdict.FINDINGS, "No test of the way back");
        assertThat(brief(Element.SIGN_CLOSURE)).contains("Accepted with findings");
    }

    @Test
    void whoeverApprovedTheEmergencyCannotEvenTakeTheReview() {
        started("EMERGENCY");
        ENGINE.runJobs(Element.UPDATE_REGISTER.id(), Element.EVALUATE_CLOSING.id());
        doThrow(new Refused("Whoever approved the emergency does not review it."))
                .when(CLOSING)
                .mayReview(RELEASE, "p-carla");

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> ENGINE.complete(
                        "p-carla",
                        "change-authority",
                        Element.REVIEW_EMERGENCY.id(),
                        Map.of("reviewVerdict", "ACCEPTED", "reviewNote", "fine")))
                .withMessageContaining("Whoever approved");
        verify(CLOSING, never()).review(any(), any(), any(), any());
    }

    @Test
    void anOutcomeThatIsNoneOfTheChoicesIsRefused() {
        started("MINOR");
        ENGINE.runJobs(Element.UPDATE_REGISTER.id(), Element.EVALUATE_CLOSING.id());

        assertThatExceptionOfType(TaskRefused.class)
                .isThrownBy(() -> sign("GREAT"))
                .withMessageContaining("closureOutcome");
        verify(CLOSING, never()).sign(any(), any(), any(), any());
    }

    private static void sign(String outcome) {
        ENGINE.complete(
                "p-rita",
                "release-manager",
                Element.SIGN_CLOSURE.id(),
                Map.of("closureOutcome", outcome, "closureNote", "all well"));
    }

    private static ProcessInstance started(String releaseClass) {
        ProcessInstance closing = ENGINE.start(
                CloseReleaseProcess.KEY, Map.of("releaseId", RELEASE.id().toString(), "releaseClass", releaseClass));
        ENGINE.runJob(Element.CLOSING_OPENED.id());
        return closing;
    }

    private static String brief(Element element) {
        Task task = ENGINE.engine()
                .getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(element.id())
                .singleResult();
        return String.valueOf(ENGINE.engine().getTaskService().getVariableLocal(task.getId(), "brief"));
    }

    private static boolean ended(ProcessInstance instance) {
        return ENGINE.engine()
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(instance.getId())
                        .count()
                == 0;
    }
}
