package io.slipway.scope;

import io.slipway.release.Refused;
import java.util.List;

/** A file of items has faults; it was read to its end, all its faults are here, and none of its items was taken. */
public final class ItemsRefused extends Refused {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    ItemsRefused(List<Fault> faults) {
        super(
                "file",
                (faults.size() == 1 ? "The file has a fault" : "The file has " + faults.size() + " faults")
                        + ", so none of its items was taken; "
                        + faults.get(0));
        this.faults = List.copyOf(faults);
    }

    /** Every fault, in the order of the lines. */
    public List<Fault> faults() {
        return faults;
    }

    /**
     * One fault.
     *
     * @param line line of the file, from 1
     * @param column name of the column; empty when the line as a whole is at fault
     * @param sentence what is wrong and what to do about it
     */
    public record Fault(long line, String column, String sentence) implements java.io.Serializable {

        @Override
        public String toString() {
            return "line " + line + (column.isEmpty() ? "" : ", column " + column) + ": " + sentence;
        }
    }
}
