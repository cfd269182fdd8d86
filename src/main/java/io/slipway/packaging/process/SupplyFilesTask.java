package io.slipway.packaging.process;

import io.slipway.packaging.Packages;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Part;
import io.slipway.release.Release;
import io.slipway.release.ReleaseScope;
import io.slipway.release.SeparatedTask;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_supplyFiles}: a developer says that all files have been handed in, and becomes an author. */
@Component
class SupplyFilesTask implements UserTaskHandler, SeparatedTask {

    private final Packages packages;
    private final ReleaseScope scope;

    SupplyFilesTask(Packages packages, ReleaseScope scope) {
        this.packages = packages;
        this.scope = scope;
    }

    @Override
    public String process() {
        return PackageReleaseProcess.KEY;
    }

    @Override
    public String task() {
        return PackageReleaseProcess.Element.SUPPLY_FILES.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("filesNote");
    }

    @Override
    public Part part() {
        return Part.AUTHOR;
    }

    @Override
    public Brief brief(DelegateTask task) {
        return brief(scope.of(task.getExecution()));
    }

    Brief brief(Release release) {
        return Brief.of("Are the files of " + release.key() + " whole?")
                .fact("Release", release.title())
                .fact("Version", release.version())
                .fact(
                        "Packaging",
                        packages.round(release).map(round -> "no. " + round).orElse(null))
                .fact("Still to do", String.join(" ", packages.shortcomings(release)))
                .table(
                        "files",
                        packages.files(release).stream().map(FileRow::of).toList());
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        packages.declareWhole(
                scope.of(task.getExecution()),
                submission.person(),
                submission.text("filesNote", 2000).orElse(""));
    }
}
