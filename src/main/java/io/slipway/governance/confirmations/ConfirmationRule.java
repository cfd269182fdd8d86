package io.slipway.governance.confirmations;

import io.slipway.platform.process.Submission;
import io.slipway.platform.process.TaskRule;
import io.slipway.platform.process.UserTaskHandler;
import io.slipway.release.Refused;
import io.slipway.release.ReleaseScope;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Uses up the confirmation of a decision, in the transaction that completes the task: a completion that is refused later leaves the
 * confirmation as it was.
 */
@Component
class ConfirmationRule implements TaskRule {

    private final ConfirmationBook book;
    private final ReleaseScope scope;
    private final Clock clock;
    private final String baseUrl;

    ConfirmationRule(
            ConfirmationBook book, ReleaseScope scope, Clock clock, @Value("${slipway.base-url}") String baseUrl) {
        this.book = book;
        this.scope = scope;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    @Override
    public void check(DelegateTask task, UserTaskHandler handler, Submission submission) {
        if (!(handler instanceof ConfirmedDecision confirmed)) {
            return;
        }
        ConfirmationBook.Subject subject = new ConfirmationBook.Subject(
                submission.person(),
                task.getId(),
                confirmed.decisionOf(submission),
                confirmed.content(scope.of(task.getExecution())).digest());
        if (!book.use(subject, clock.instant())) {
            throw new Refused("Please confirm your decision first at " + baseUrl + "/confirm/" + task.getId()
                    + "; the confirmation is valid for five minutes.");
        }
    }
}
