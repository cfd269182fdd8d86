package io.slipway.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.slipway.platform.nodes.Nodes;
import io.slipway.release.ReleaseState;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** Offers the figures to whoever measures; every label has few values. */
@Component
class Meters implements MeterBinder {

    private static final List<String> UNSETTLED = List.of("STARTED", "UNKNOWN", "UNDOING", "UNDO_UNKNOWN", "FAILED");

    private final Figures figures;
    private final Alarms alarms;
    private final Nodes nodes;

    Meters(Figures figures, Alarms alarms, Nodes nodes) {
        this.figures = figures;
        this.alarms = alarms;
        this.nodes = nodes;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "slipway.jobs.due", "Jobs that could be executed now", Figures.Reading::jobsDue);
        gauge(registry, "slipway.jobs.failed", "Jobs that wait for a person", Figures.Reading::jobsFailed);
        Gauge.builder(
                        "slipway.jobs.oldest.due",
                        figures,
                        read -> read.now().oldestJob().toMillis() / 1000.0)
                .description("For how long the oldest job that is due waits")
                .baseUnit("seconds")
                .register(registry);
        gauge(registry, "slipway.tasks.open", "Tasks that wait for people", Figures.Reading::openTasks);
        gauge(registry, "slipway.mails.waiting", "Messages nobody has got yet", Figures.Reading::mailsWaiting);
        for (ReleaseState state : ReleaseState.values()) {
            Gauge.builder("slipway.releases", figures, read -> read.now()
                            .releases()
                            .getOrDefault(state.name(), 0L))
                    .description("Releases by state")
                    .tag("state", state.name())
                    .register(registry);
        }
        for (String state : UNSETTLED) {
            Gauge.builder("slipway.effects", figures, read -> read.now()
                            .effects()
                            .getOrDefault(state, 0L))
                    .description("Effects under way, in doubt or refused, by state")
                    .tag("state", state)
                    .register(registry);
        }
        Gauge.builder("slipway.alarms.open", alarms, Alarms::count)
                .description("Alarms that last")
                .register(registry);
        Gauge.builder("slipway.nodes.dead", nodes, read -> read.dead().size())
                .description("Nodes that fell silent")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String says, ToDoubleFunction<Figures.Reading> figure) {
        Gauge.builder(name, figures, read -> figure.applyAsDouble(read.now()))
                .description(says)
                .register(registry);
    }
}
