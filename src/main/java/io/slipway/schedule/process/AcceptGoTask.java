package io.slipway.schedule.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.platform.security.People;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseScope;
import io.slipway.release.SeparatedTask;
import io.slipway.schedule.Readiness;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_acceptGo}: a deployer, who has no other part in the release, decides go or no-go. */
@Component
class AcceptGoTask implements UserTaskHandler, SeparatedTask {

    private final Readiness readiness;
    private final ReleaseScope scope;
    private final People people;

    AcceptGoTask(Readiness readiness, ReleaseScope scope, People people) {
        this.readiness = readiness;
        this.scope = scope;
        this.people = people;
    }

    /** A line of the table of answers. */
    record Row(String function, String verdict, String person, String reason) {

        static Row of(Readiness.Standing standing, People people) {
            String verdict = standing.verdict() == null
                    ? "No answer"
                    : standing.verdict() == Readiness.Verdict.READY ? "Ready" : "Not ready";
            return new Row(
                    standing.label(),
                    verdict,
                    standing.person() == null ? "–" : people.name(standing.person()),
                    standing.reason().isEmpty() ? "–" : standing.reason());
        }
    }

    @Override
    public Part part() {
        return Part.DEPLOYER;
    }

    @Override
    public String process() {
        return ConfirmReadinessProcess.KEY;
    }

    @Override
    public String task() {
        return ConfirmReadinessProcess.Element.ACCEPT_GO.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("goDecision", "goReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        return Brief.of("Does " + release.key() + " go to production now?")
                .fact("Release", release.title())
                .fact("Class", release.releaseClass().map(ReleaseClass::label).orElse(null))
                .fact("Window opened", release.windowStart().orElse(null))
                .fact("Window ends", release.windowEnd().orElse(null))
                .table(
                        "readiness",
                        readiness.standing(release).stream()
                                .map(standing -> Row.of(standing, people))
                                .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        readiness.decide(
                scope.of(task.getExecution()),
                submission.person(),
                submission.requireChoice("goDecision", Readiness.Decision.class),
                submission.text("goReason", 2000).orElse(""));
    }
}
