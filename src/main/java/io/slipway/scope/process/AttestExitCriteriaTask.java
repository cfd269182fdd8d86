package io.slipway.scope.process;

import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseScope;
import io.slipway.release.SeparatedTask;
import io.slipway.scope.ExitCriteria;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_attestExitCriteria}: a developer, who is an author of the release, says what of it is finished. */
@Component
class AttestExitCriteriaTask implements UserTaskHandler, SeparatedTask {

    private final ExitCriteria criteria;
    private final ReleaseScope scope;

    AttestExitCriteriaTask(ExitCriteria criteria, ReleaseScope scope) {
        this.criteria = criteria;
        this.scope = scope;
    }

    /** A line of the table of criteria. */
    record Row(String criterion, String kind, String state, String evidence) {

        static Row of(ExitCriteria.Standing standing) {
            return new Row(
                    standing.statement(),
                    standing.attested() ? "Attested" : "Looked up",
                    standing.met() ? "Met" : "Open",
                    standing.evidence());
        }
    }

    /** A choice of a form. */
    record Choice(String label, String value) {}

    @Override
    public Part part() {
        return Part.AUTHOR;
    }

    @Override
    public String process() {
        return HandOverDevelopmentProcess.KEY;
    }

    @Override
    public String task() {
        return HandOverDevelopmentProcess.Element.ATTEST_EXIT_CRITERIA.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("metCriteria", "handOverNote");
    }

    @Override
    public Set<String> lists() {
        return Set.of("metCriteria");
    }

    @Override
    public Brief brief(DelegateTask task) {
        Release release = scope.of(task.getExecution());
        List<ExitCriteria.Standing> standing = criteria.standing(release);
        return Brief.of("Is the development of " + release.key() + " finished?")
                .fact("Release", release.title())
                .fact("Class", release.releaseClass().map(ReleaseClass::label).orElse(null))
                .fact(
                        "Open criteria",
                        standing.stream().filter(criterion -> !criterion.met()).count())
                .table("criteria", standing.stream().map(Row::of).toList())
                .table(
                        "criteriaOptions",
                        standing.stream()
                                .filter(criterion -> criterion.attested() && !criterion.met())
                                .map(criterion -> new Choice(criterion.statement(), criterion.id()))
                                .toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        criteria.attest(
                scope.of(task.getExecution()),
                submission.person(),
                submission.choices("metCriteria"),
                submission.text("handOverNote", 2000).orElse(""));
    }
}
