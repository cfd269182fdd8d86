package io.slipway.communication;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** One round of everything that is done by the clock: reminders, delays, silence, and the sending of what was told. */
@Service
public class CommunicationRound {

    private static final Logger LOG = LoggerFactory.getLogger(CommunicationRound.class);

    private final TaskWatches watches;
    private final TeamDependencies dependencies;
    private final EscalationLadder ladder;
    private final Delays delays;
    private final Materials materials;
    private final Deliveries deliveries;

    CommunicationRound(
            TaskWatches watches,
            TeamDependencies dependencies,
            EscalationLadder ladder,
            Delays delays,
            Materials materials,
            Deliveries deliveries) {
        this.watches = watches;
        this.dependencies = dependencies;
        this.ladder = ladder;
        this.delays = delays;
        this.materials = materials;
        this.deliveries = deliveries;
    }

    /** Does what is due now. What one part cannot do keeps no other part from its work. */
    public void run() {
        for (Runnable part : List.<Runnable>of(
                watches::sweep,
                dependencies::sweep,
                ladder::sweep,
                delays::sweep,
                materials::sweep,
                deliveries::sweep)) {
            try {
                part.run();
            } catch (RuntimeException e) {
                LOG.error("A part of the communication round failed; it is tried again in the next", e);
            }
        }
    }
}
