package io.slipway.governance.changes;

import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.ChangeRegister;
import io.slipway.integration.changes.NewChange;
import io.slipway.release.AuditTrail;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseOutcome;
import io.slipway.release.ReleaseState;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.SignedOutcomes;
import io.slipway.release.Urgency;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the change ticket of every release: one ticket from the first approval to the end, whatever loops the release takes.
 *
 * <p>Calls of the register may be repeated, so a step that runs twice opens, shows and closes once.
 */
@Service
public class ChangeTickets {

    private final ChangeTicketRepository tickets;
    private final TicketNumbers numbers;
    private final ChangeRegister register;
    private final SignedOutcomes outcomes;
    private final AuditTrail audit;
    private final Clock clock;

    ChangeTickets(
            ChangeTicketRepository tickets,
            TicketNumbers numbers,
            ChangeRegister register,
            SignedOutcomes outcomes,
            AuditTrail audit,
            Clock clock) {
        this.tickets = tickets;
        this.numbers = numbers;
        this.register = register;
        this.outcomes = outcomes;
        this.audit = audit;
        this.clock = clock;
    }

    /** Opens the ticket of a release, or finds it; returns its number. */
    @Transactional
    public String open(Release release) {
        Optional<String> present = numbers.of(release.id());
        if (present.isPresent()) {
            return present.get();
        }
        Change change = register.create(
                new NewChange(
                        release.key(),
                        release.system(),
                        release.title(),
                        release.urgency() == Urgency.EMERGENCY ? Change.Kind.EMERGENCY : Change.Kind.NORMAL,
                        release.requestedBy()),
                "release/" + release.id());
        tickets.saveAndFlush(new ChangeTicket(release.id(), change.number(), clock.instant()));
        audit.record(AuditTrail.Entry.of(
                release.id(),
                "change.open",
                change.number(),
                Map.of(),
                Map.of("kind", change.content().kind().name())));
        shown(release.state()).ifPresent(state -> register.mirror(change.number(), state));
        return change.number();
    }

    /** The ticket of a release as the register has it now; empty until it is opened, or when the register lost it. */
    @Transactional(readOnly = true)
    public Optional<Change> find(Release release) {
        return numbers.of(release.id()).flatMap(register::read);
    }

    /**
     * Closes the ticket with the outcome that was signed for the release; done before, it changes nothing.
     *
     * @throws Refused when no outcome was signed or there is no ticket
     */
    @Transactional
    public void close(Release release) {
        ReleaseOutcome outcome = outcomes.of(release)
                .orElseThrow(() -> new Refused("Nobody has signed how " + release.key()
                        + " ended; a release manager signs the closure first."));
        String number = numbers.of(release.id())
                .orElseThrow(() -> new Refused(release.key() + " has no change ticket that could be closed."));
        close(release, number, outcome);
    }

    private void close(Release release, String number, ReleaseOutcome outcome) {
        Optional<Change> before = register.read(number);
        register.close(number, Change.Outcome.valueOf(outcome.name()), "");
        if (before.flatMap(Change::outcome).isEmpty()) {
            audit.record(AuditTrail.Entry.of(
                    release.id(),
                    "change.close",
                    number,
                    Map.of("state", before.map(change -> change.state().name()).orElse("")),
                    Map.of("state", Change.State.CLOSED.name(), "outcome", outcome.name())));
        }
    }

    /** Shows each state of the release in its ticket; a cancelled release closes it. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        Release release = changed.release();
        numbers.of(release.id()).ifPresent(number -> {
            if (release.state() == ReleaseState.CANCELLED) {
                close(release, number, ReleaseOutcome.CANCELLED);
            }
            shown(release.state()).ifPresent(state -> register.mirror(number, state));
        });
    }

    /** What people see in the ticket; empty for the ends, which close it. */
    private static Optional<Change.State> shown(ReleaseState state) {
        return switch (state) {
            case DRAFT, PLANNED, IN_BUILD, IN_TEST -> Optional.of(Change.State.NEW);
            case AWAITING_APPROVAL -> Optional.of(Change.State.ASSESSING);
            case APPROVED -> Optional.of(Change.State.AUTHORISED);
            case SCHEDULED -> Optional.of(Change.State.SCHEDULED);
            case DEPLOYING -> Optional.of(Change.State.IMPLEMENTING);
            case ROLLING_BACK -> Optional.of(Change.State.BACKING_OUT);
            case VALIDATING, HYPERCARE -> Optional.of(Change.State.REVIEWING);
            case CLOSED, CANCELLED -> Optional.empty();
        };
    }
}
