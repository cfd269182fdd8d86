package io.slipway.integration.changes;

import io.slipway.platform.data.ListTotal;
import java.util.List;

/**
 * A page of the tickets that were looked for.
 *
 * @param changes the tickets of the page, the one that was opened last first
 * @param total number of tickets of all pages; a register with many may count no further than {@link ListTotal} says
 */
public record ChangeList(List<Change> changes, long total) {

    /** Copies the tickets. */
    public ChangeList {
        changes = List.copyOf(changes);
    }
}
