package io.slipway.governance.approvals;

import io.slipway.governance.changes.ChangeTickets;
import io.slipway.release.Release;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Begins the approval of a release: its change ticket, and the facts that decide who must approve. */
@Service
public class ChangeOpening {

    private final ChangeTickets tickets;
    private final Requirements requirements;

    ChangeOpening(ChangeTickets tickets, Requirements requirements) {
        this.tickets = tickets;
        this.requirements = requirements;
    }

    /**
     * What is known once the change is open.
     *
     * @param ticket number of the change ticket
     * @param migratesData whether data is migrated; empty while the scope does not tell
     * @param standardChange whether a template of a standard change authorises the release now
     */
    public record Opened(String ticket, Optional<Boolean> migratesData, boolean standardChange) {}

    /** Opens the change of a release, or finds it. */
    @Transactional
    public Opened open(Release release) {
        return new Opened(
                tickets.open(release),
                requirements.migratesData(release),
                requirements.standardChange(release).isPresent());
    }
}
