package io.slipway.release.process;

import io.slipway.release.EnvironmentBookings;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Behind {@code serviceTask_bookEnvironment}: takes the environment for this release, or tells when to ask again. Run twice, the
 * second time changes nothing.
 */
@Component
class BookEnvironmentDelegate implements JavaDelegate {

    private final EnvironmentBookings bookings;
    private final ReleaseScope scope;

    BookEnvironmentDelegate(EnvironmentBookings bookings, ReleaseScope scope) {
        this.bookings = bookings;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        EnvironmentBookings.Answer answer =
                bookings.book(scope.of(execution), PromoteToEnvironmentProcess.ENVIRONMENT.require(execution));
        PromoteToEnvironmentProcess.ENVIRONMENT_FREE.set(execution, answer.free());
        PromoteToEnvironmentProcess.BOOK_AGAIN_AT.set(execution, Date.from(answer.again()));
    }
}
