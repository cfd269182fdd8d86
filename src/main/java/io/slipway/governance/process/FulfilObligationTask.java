package io.slipway.governance.process;

import io.slipway.governance.obligations.ObligationRegister;
import io.slipway.governance.obligations.ObligationRow;
import io.slipway.platform.process.Brief;
import io.slipway.platform.process.Submission;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.NotFound;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Refused;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Behind {@code userTask_fulfilObligation}: somebody of the role that owes it says what shows that it is done. */
@Component
class FulfilObligationTask implements UserTaskHandler {

    private final ObligationRegister register;

    FulfilObligationTask(ObligationRegister register) {
        this.register = register;
    }

    @Override
    public String process() {
        return TrackObligationProcess.KEY;
    }

    @Override
    public String task() {
        return TrackObligationProcess.Element.FULFIL_OBLIGATION.id();
    }

    @Override
    public List<String> inputs() {
        return List.of("obligationEvidence");
    }

    @Override
    public String page(DelegateTask task) {
        return "/obligations";
    }

    @Override
    public Brief brief(DelegateTask task) {
        String key = TrackObligationProcess.OBLIGATION_KEY.require(task.getExecution());
        Optional<ObligationRow> row = register.row(key);
        if (row.isEmpty()) {
            throw new NotFound("obligation", key);
        }
        NewObligation owed = row.get().obligation().owed();
        return Brief.of("Is this done?")
                .fact("What is owed", owed.statement())
                .fact("Because of", owed.kind().label())
                .fact("Owed by", owed.owner().label())
                .fact("Release", row.get().releaseKey().orElse(null))
                .fact("System", owed.system().orElse(null))
                .fact("Due", owed.due())
                .fact("Blocks the closure", owed.blocksClosure() ? "yes" : "no")
                .fact("Key", key);
    }

    @Override
    public void complete(DelegateTask task, Submission submission) {
        register.settleInTask(
                TrackObligationProcess.OBLIGATION_KEY.require(task.getExecution()),
                submission.person(),
                submission
                        .text("obligationEvidence", 2000)
                        .orElseThrow(() -> new Refused(
                                "obligationEvidence",
                                "Please say in 'obligationEvidence' what shows that this is done.")));
    }
}
