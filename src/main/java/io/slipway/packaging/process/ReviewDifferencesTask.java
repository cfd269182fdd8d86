package io.slipway.packaging.process;

import io.slipway.packaging.builds.Rebuild;
import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_reviewDifferences}: somebody for security decides about what building again showed. */
@Component
class ReviewDifferencesTask implements UserTaskHandler {

    private static final int SHOWN = 100;

    private enum Answer {
        ACCEPTED,
        REFUSED
    }

    /** A line of the table of differences. */
    record FindingRow(String finding) {}

    private final Rebuilds rebuilds;
    private final ReleaseScope scope;

    ReviewDifferencesTask(Rebuilds rebuilds, ReleaseScope scope) {
        this.rebuilds = rebuilds;
        this.scope = scope;
    }

    @Override
    public String process() {
        return RebuildPackageProcess.KEY;
    }

    @Override
    public String task() {
        return RebuildPackageProcess.Element.REVIEW_DIFFERENCES.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("differencesVerdict", "differencesReason");
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(
                scope.of(task.getExecution()),
                rebuilds.get(RebuildPackageProcess.BUILD_REQUEST_ID.require(task.getExecution())));
    }

    static Brief brief(Release release, Rebuild rebuild) {
        List<String> findings =
                rebuild.comparison().map(Rebuild.Comparison::findings).orElse(List.of());
        return Brief.of("May the differences in the build of " + release.key() + " be accepted?")
                .fact("Release", release.title())
                .fact("Rebuilt", rebuild.revision() + ", commit " + rebuild.commit())
                .fact("Result", rebuild.standing())
                .fact("Differences", String.valueOf(findings.size()))
                .table(
                        "findings",
                        findings.stream().limit(SHOWN).map(FindingRow::new).toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        rebuilds.review(
                scope.of(task.getExecution()),
                RebuildPackageProcess.BUILD_REQUEST_ID.require(task.getExecution()),
                submission.requireChoice("differencesVerdict", Answer.class) == Answer.ACCEPTED,
                submission.requireText("differencesReason", 2000),
                submission.person());
    }
}
