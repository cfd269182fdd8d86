package io.slipway.release.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** Compares two texts line by line and keeps what changed with a little around it. */
final class TextDifference {

    private static final int AROUND = 3;

    private TextDifference() {}

    /** What became of a line. */
    enum Change {
        SAME,
        REMOVED,
        ADDED,
        /** Lines that are the same and left out stand here. */
        GAP
    }

    /** One line of the comparison. */
    record Line(Change change, String text) {}

    /** The lines that changed from one text to the other; empty when none did. */
    static List<Line> between(String before, String after) {
        RawText one = raw(before);
        RawText other = raw(after);
        EditList edits = new HistogramDiff().diff(RawTextComparator.WS_IGNORE_TRAILING, one, other);
        List<Line> lines = new ArrayList<>();
        int shown = 0;
        for (Edit edit : edits) {
            int from = Math.max(shown, edit.getBeginA() - AROUND);
            if (from > shown) {
                lines.add(new Line(Change.GAP, ""));
            }
            add(lines, Change.SAME, one, from, edit.getBeginA());
            add(lines, Change.REMOVED, one, edit.getBeginA(), edit.getEndA());
            add(lines, Change.ADDED, other, edit.getBeginB(), edit.getEndB());
            shown = Math.min(one.size(), edit.getEndA() + AROUND);
            // Where the next change is nearer than that, the lines between are shown once, with it.
            int next = nextBegin(edits, edit, one.size());
            shown = Math.min(shown, next);
            add(lines, Change.SAME, one, edit.getEndA(), shown);
        }
        return lines;
    }

    private static int nextBegin(EditList edits, Edit edit, int end) {
        int index = edits.indexOf(edit);
        return index + 1 < edits.size() ? edits.get(index + 1).getBeginA() : end;
    }

    private static void add(List<Line> lines, Change change, RawText text, int from, int to) {
        for (int i = from; i < to; i++) {
            lines.add(new Line(change, text.getString(i)));
        }
    }

    private static RawText raw(String text) {
        return new RawText(text.getBytes(StandardCharsets.UTF_8));
    }
}
