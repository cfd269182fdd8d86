package io.slipway.release.process;

import io.slipway.platform.process.ProcessVariable;
import io.slipway.release.EnvironmentBookings;
import io.slipway.release.ReleaseScope;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_releaseEnvironment}: gives the environment back. Run twice, the second time changes nothing. */
@Component
class ReleaseEnvironmentDelegate implements JavaDelegate {

    private static final ProcessVariable<String> ENVIRONMENT = ProcessVariable.of("environment", String.class);

    private final EnvironmentBookings bookings;
    private final ReleaseScope scope;

    ReleaseEnvironmentDelegate(EnvironmentBookings bookings, ReleaseScope scope) {
        this.bookings = bookings;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        bookings.giveBack(scope.of(execution), ENVIRONMENT.require(execution));
    }
}
