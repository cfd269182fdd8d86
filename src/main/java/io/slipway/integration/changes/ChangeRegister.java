package io.slipway.integration.changes;

import java.util.Optional;

/**
 * The register of changes of the organisation: production is touched under a ticket of it.
 *
 * <p>Every call may be repeated after a crash or a lost answer without a second effect.
 */
public interface ChangeRegister {

    /**
     * Opens a ticket, or finds the one that was opened under the same key before.
     *
     * @param idempotencyKey names this wish, 1 to 128 characters; the same key with the same content gives the same ticket
     * @throws ChangeRegisterRefused when the key was used for other content, or the register does not accept the content
     * @throws ChangeRegisterUnavailable when it cannot be told whether the ticket exists; repeat the call
     */
    Change create(NewChange change, String idempotencyKey);

    /**
     * Shows in the ticket where the work stands; showing the present state again changes nothing.
     *
     * @throws ChangeRegisterRefused when there is no such ticket or it is closed
     * @throws ChangeRegisterUnavailable when the register does not answer; repeat the call
     */
    Change mirror(String number, Change.State state);

    /**
     * Closes a ticket for good; closing it again with the same outcome changes nothing.
     *
     * @param note what should be remembered, at most 2,000 characters; may be empty
     * @throws ChangeRegisterRefused when there is no such ticket or it was closed with another outcome
     * @throws ChangeRegisterUnavailable when the register does not answer; repeat the call
     */
    Change close(String number, Change.Outcome outcome, String note);

    /**
     * Reads a ticket back.
     *
     * @return the ticket; empty when there is none with this number
     * @throws ChangeRegisterUnavailable when the register does not answer; repeat the call
     */
    Optional<Change> read(String number);

    /**
     * Lists tickets, the one that was opened last first.
     *
     * @param page number of the page, from 0
     * @param size tickets on a full page, 1 to 500
     * @return the tickets of the page; none behind the last page
     * @throws ChangeRegisterRefused when there can be no such page
     * @throws ChangeRegisterUnavailable when the register does not answer; repeat the call
     */
    ChangeList list(ChangeFilter filter, int page, int size);
}
