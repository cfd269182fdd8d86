package io.slipway.deployment.rehearsal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step from one version of a schema to the next, as {@code V2__add_discount.sql} and, for the way back, {@code U2__add_discount.sql}.
 *
 * @param back SQL that takes it back; null when nothing does
 */
record Migration(
        String name,
        List<Integer> version,
        String forward,
        @Nullable String back) implements Comparable<Migration> {

    private static final Pattern FILE =
            Pattern.compile("([VU])([0-9]{1,9}(?:[._][0-9]{1,9}){0,4})__[A-Za-z0-9_.-]{1,100}\\.sql");
    private static final Pattern DECLARED = Pattern.compile(
            "(?im)^\\s*--\\s*slipway:\\s*(drops|deletes|changes)\\s+([a-z0-9_]+(?:\\.[a-z0-9_]+)?)\\s*$");
    private static final Pattern IRREVERSIBLE = Pattern.compile("(?im)^\\s*--\\s*slipway:\\s*irreversible\\s+\\S.*$");
    private static final Pattern TAKES_AWAY = Pattern.compile("(?i)\\b(drop|truncate|delete|rename)\\b");

    /** What it does to whoever still uses the old schema. */
    enum Label {
        /** Adds only: the old version goes on. */
        EXPAND,
        /** Takes something away: the old version must be gone. */
        CONTRACT,
        /** Cannot be taken back. */
        IRREVERSIBLE
    }

    /** The version and direction that a file name tells; empty when it names no migration. */
    static Optional<Matcher> file(String name) {
        Matcher matcher = FILE.matcher(name);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    static List<Integer> version(String text) {
        return Arrays.stream(text.split("[._]")).map(Integer::valueOf).toList();
    }

    Label label() {
        if (back == null) {
            return Label.IRREVERSIBLE;
        }
        return TAKES_AWAY.matcher(withoutComments()).find() ? Label.CONTRACT : Label.EXPAND;
    }

    private String withoutComments() {
        return forward.replaceAll("(?m)--.*$", "")
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("'[^']*'", "");
    }

    /** Whether the file says that and why it cannot be taken back. */
    boolean declaredIrreversible() {
        return IRREVERSIBLE.matcher(forward).find();
    }

    /** Whether the file says that this is meant. */
    boolean declares(String what, String subject) {
        Matcher matcher = DECLARED.matcher(forward);
        while (matcher.find()) {
            if (matcher.group(1).toLowerCase(Locale.ROOT).equals(what)
                    && matcher.group(2).equalsIgnoreCase(subject)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int compareTo(Migration other) {
        for (int i = 0; i < Math.max(version.size(), other.version.size()); i++) {
            int mine = i < version.size() ? version.get(i) : 0;
            int theirs = i < other.version.size() ? other.version.get(i) : 0;
            if (mine != theirs) {
                return Integer.compare(mine, theirs);
            }
        }
        return 0;
    }
}
