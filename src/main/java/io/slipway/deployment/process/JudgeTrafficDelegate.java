package io.slipway.deployment.process;

import io.slipway.deployment.traffic.TrafficWatch;
import io.slipway.release.ReleaseScope;
import java.util.Date;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Behind {@code serviceTask_judgeTraffic}: looks at what users get. Run twice, it looks twice and the second look counts. */
@Component
class JudgeTrafficDelegate implements JavaDelegate {

    private final TrafficWatch watch;
    private final ReleaseScope scope;

    JudgeTrafficDelegate(TrafficWatch watch, ReleaseScope scope) {
        this.watch = watch;
        this.scope = scope;
    }

    @Override
    public void execute(DelegateExecution execution) {
        TrafficWatch.Outcome outcome = watch.look(scope.of(execution));
        WatchTrafficProcess.TRAFFIC_VERDICT.set(execution, outcome.course().name());
        WatchTrafficProcess.NEXT_LOOK.set(execution, Date.from(outcome.next()));
    }
}
