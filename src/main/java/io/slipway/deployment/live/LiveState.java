package io.slipway.deployment.live;

import io.slipway.deployment.traffic.TrafficLook;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see of a release on its way to production.
 *
 * @param decisions what waits for a person now
 * @param sheet every step, automated and human, in the order in which they happened or are planned
 * @param looks at the traffic, the oldest first
 * @param output what scripts have written, the oldest first
 */
public record LiveState(
        String key,
        String state,
        boolean onHold,
        boolean ended,
        @Nullable Instant windowStart,
        @Nullable Instant windowEnd,
        List<Decision> decisions,
        List<SheetRow> sheet,
        List<TrafficLook> looks,
        List<OutputLine> output) {

    /** Keeps the lists as they are now. */
    public LiveState {
        decisions = List.copyOf(decisions);
        sheet = List.copyOf(sheet);
        looks = List.copyOf(looks);
        output = List.copyOf(output);
    }

    /**
     * Something that waits for a person.
     *
     * @param who the person who holds it, or the roles that could take it
     * @param message what went wrong, for an incident; null for a task
     */
    public record Decision(
            String what,
            String who,
            @Nullable Instant since,
            @Nullable Instant due,
            @Nullable String message) {}

    /** Whether a step is done by a program or by a person. */
    public enum Kind {
        AUTOMATED("Automated"),
        HUMAN("Human");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /** Where a step stands. */
    public enum Progress {
        PLANNED("Planned"),
        UNDER_WAY("Under way"),
        DONE("Done"),
        BROKEN_OFF("Broken off");

        private final String label;

        Progress(String label) {
            this.label = label;
        }

        /** The words that people read. */
        public String label() {
            return label;
        }
    }

    /**
     * A step.
     *
     * @param owner who does it
     * @param after what must be done before
     * @param checkpoint whether it decides how it goes on
     * @param planned when it was planned to begin; null for what nobody planned
     * @param detail what is done, and how it is taken back
     */
    public record SheetRow(
            String what,
            Kind kind,
            String owner,
            String after,
            boolean checkpoint,
            @Nullable Instant planned,
            @Nullable Instant began,
            @Nullable Instant ended,
            Progress progress,
            String detail) {

        /** The step as it stood at a moment of the past. */
        SheetRow at(Instant moment) {
            if (began == null || began.isAfter(moment)) {
                return new SheetRow(
                        what, kind, owner, after, checkpoint, planned, null, null, Progress.PLANNED, detail);
            }
            return ended == null || ended.isAfter(moment)
                    ? new SheetRow(
                            what, kind, owner, after, checkpoint, planned, began, null, Progress.UNDER_WAY, detail)
                    : this;
        }
    }

    /**
     * A line that a script wrote.
     *
     * @param script which one
     */
    public record OutputLine(Instant at, String script, String text) {}

    /** The state as it was at a moment of the past: what decided nothing yet is gone, and nothing waits. */
    public LiveState at(Instant moment) {
        return new LiveState(
                key,
                state,
                onHold,
                ended,
                windowStart,
                windowEnd,
                List.of(),
                sheet.stream().map(row -> row.at(moment)).toList(),
                looks.stream().filter(look -> !look.at().isAfter(moment)).toList(),
                output.stream().filter(line -> !line.at().isAfter(moment)).toList());
    }

    /** The moments at which something began or ended, in order. */
    public List<Instant> moments() {
        return java.util.stream.Stream.concat(
                        sheet.stream().map(SheetRow::began), sheet.stream().map(SheetRow::ended))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
    }

    /** Changes whenever something to see changes. */
    String fingerprint() {
        return Integer.toHexString(hashCode());
    }
}
