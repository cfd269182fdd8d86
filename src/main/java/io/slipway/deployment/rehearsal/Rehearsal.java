package io.slipway.deployment.rehearsal;

import io.slipway.deployment.rehearsal.Migration.Label;
import io.slipway.deployment.rehearsal.RehearsalReport.Step;
import io.slipway.deployment.rehearsal.RehearsalReport.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Does migrations to a clone, forward and back, and compares what was there before, between and after. */
final class Rehearsal {

    private static final int PATIENCE_SECONDS = 10;

    private final List<Migration> migrations;
    private final List<String> findings = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    private Rehearsal(List<Migration> migrations) {
        this.migrations = migrations.stream().sorted().toList();
    }

    private record Snapshot(Map<String, Map<String, String>> schema, Map<String, Clone.Content> whole) {

        String fingerprint() {
            return Clone.digest(schema.toString());
        }
    }

    static RehearsalReport of(String data, List<Migration> migrations) {
        Rehearsal rehearsal = new Rehearsal(migrations);
        try (Clone clone = new Clone(PATIENCE_SECONDS)) {
            return rehearsal.rehearsed(clone, data);
        } catch (SQLException e) {
            throw new IllegalStateException("A database in memory failed: " + e.getMessage(), e);
        }
    }

    private RehearsalReport rehearsed(Clone clone, String data) throws SQLException {
        try {
            clone.run(data);
        } catch (SQLException e) {
            findings.add("The production data cannot be loaded: " + e.getMessage() + " Please hand in other data.");
            return report("", "", "", List.of());
        }
        Snapshot before = snapshot(clone);
        if (!forward(clone)) {
            return report(before.fingerprint(), "", "", List.of());
        }
        Snapshot after = snapshot(clone);
        Map<String, List<String>> shared = shared(before, after);
        Map<String, Clone.Content> sharedAfter = contents(clone, shared);
        boolean whole = back(clone);
        Snapshot back = snapshot(clone);
        // The same columns of the same rows, read in the clone as it was: loaded once more.
        Map<String, Clone.Content> sharedBefore;
        try (Clone original = new Clone(PATIENCE_SECONDS)) {
            original.run(data);
            sharedBefore = contents(original, shared);
        }
        compareForward(before, after, sharedBefore, sharedAfter);
        if (whole) {
            compareBack(before, back);
        }
        return report(
                before.fingerprint(),
                after.fingerprint(),
                back.fingerprint(),
                tables(before, after, back, sharedBefore, sharedAfter));
    }

    private boolean forward(Clone clone) {
        for (Migration migration : migrations) {
            if (migration.back() == null && !migration.declaredIrreversible()) {
                findings.add(migration.name() + " has no way back; please add its U file, or say in it"
                        + " '-- slipway: irreversible' with the reason.");
            }
            if (!done(clone, migration, true, migration.forward())) {
                return false;
            }
        }
        return true;
    }

    /** Goes back to the point of no return; tells whether it got to the beginning. */
    private boolean back(Clone clone) {
        for (int i = migrations.size() - 1; i >= 0; i--) {
            Migration migration = migrations.get(i);
            String sql = migration.back();
            if (sql == null || !done(clone, migration, false, sql)) {
                return false;
            }
        }
        return true;
    }

    private boolean done(Clone clone, Migration migration, boolean forward, String sql) {
        long begin = System.nanoTime();
        try {
            clone.run(sql);
        } catch (SQLException e) {
            findings.add(
                    (forward ? "" : "The way back of ") + migration.name() + " fails on the clone: " + e.getMessage());
            return false;
        }
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        steps.add(new Step(migration.name(), forward, migration.label().name(), Clone.digest(sql), millis));
        return true;
    }

    private static Snapshot snapshot(Clone clone) throws SQLException {
        Map<String, Map<String, String>> schema = clone.schema();
        Map<String, List<String>> all = new TreeMap<>();
        schema.forEach((table, columns) -> all.put(table, List.copyOf(columns.keySet())));
        return new Snapshot(schema, contents(clone, all));
    }

    private static Map<String, Clone.Content> contents(Clone clone, Map<String, List<String>> columns)
            throws SQLException {
        Map<String, Clone.Content> contents = new TreeMap<>();
        for (Map.Entry<String, List<String>> table : columns.entrySet()) {
            contents.put(table.getKey(), clone.content(table.getKey(), table.getValue()));
        }
        return contents;
    }

    /** Columns that a table has before and after, in order. */
    private static Map<String, List<String>> shared(Snapshot before, Snapshot after) {
        Map<String, List<String>> shared = new TreeMap<>();
        before.schema().forEach((table, columns) -> {
            Map<String, String> left = after.schema().get(table);
            if (left != null) {
                Set<String> both = new TreeSet<>(columns.keySet());
                both.retainAll(left.keySet());
                shared.put(table, List.copyOf(both));
            }
        });
        return shared;
    }

    private void compareForward(
            Snapshot before,
            Snapshot after,
            Map<String, Clone.Content> sharedBefore,
            Map<String, Clone.Content> sharedAfter) {
        before.schema().forEach((table, columns) -> {
            Map<String, String> left = after.schema().get(table);
            Clone.Content was = sharedBefore.get(table);
            Clone.Content is = sharedAfter.get(table);
            if (left == null || was == null || is == null) {
                unlessDeclared("drops", table, "The table " + table + " with " + rows(before, table) + " rows is gone");
                return;
            }
            columns.keySet().stream()
                    .filter(column -> !left.containsKey(column))
                    .forEach(column -> unlessDeclared(
                            "drops", table + "." + column, "The column " + table + "." + column + " is gone"));
            if (is.rows() < was.rows()) {
                unlessDeclared("deletes", table, table + " has " + is.rows() + " rows instead of " + was.rows());
            } else if (is.rows() == was.rows() && !is.checksum().equals(was.checksum())) {
                unlessDeclared("changes", table, "Values of " + table + " in columns that stay are not what they were");
            } else if (is.rows() > was.rows()) {
                unlessDeclared("changes", table, table + " has " + is.rows() + " rows instead of " + was.rows());
            }
        });
    }

    private void unlessDeclared(String what, String subject, String finding) {
        if (migrations.stream().noneMatch(migration -> migration.declares(what, subject))) {
            findings.add(finding + ", and no migration says '-- slipway: " + what + " " + subject + "'.");
        }
    }

    private void compareBack(Snapshot before, Snapshot back) {
        if (!before.fingerprint().equals(back.fingerprint())) {
            findings.add("The way back leads to another schema: "
                    + back.schema().keySet() + " instead of " + before.schema().keySet() + ", or other columns.");
            return;
        }
        before.whole().forEach((table, content) -> {
            boolean meant = migrations.stream()
                    .anyMatch(
                            migration -> migration.declares("changes", table) || migration.declares("deletes", table));
            if (!content.equals(back.whole().get(table)) && !meant) {
                findings.add("The way back does not restore " + table + ": "
                        + rows(back, table) + " rows instead of " + content.rows()
                        + ", or other values.");
            }
        });
    }

    private static List<Table> tables(
            Snapshot before,
            Snapshot after,
            Snapshot back,
            Map<String, Clone.Content> sharedBefore,
            Map<String, Clone.Content> sharedAfter) {
        Set<String> names = new LinkedHashSet<>(before.schema().keySet());
        names.addAll(after.schema().keySet());
        return names.stream()
                .map(name -> new Table(
                        name,
                        rows(before, name),
                        rows(after, name),
                        rows(back, name),
                        checksum(sharedBefore.get(name)),
                        checksum(sharedAfter.get(name)),
                        checksum(back.whole().get(name))))
                .toList();
    }

    private static long rows(Snapshot snapshot, String table) {
        Clone.Content content = snapshot.whole().get(table);
        return content == null ? -1 : content.rows();
    }

    private static String checksum(Clone.@org.jspecify.annotations.Nullable Content content) {
        return content == null ? "" : content.checksum();
    }

    private RehearsalReport report(String before, String after, String back, List<Table> tables) {
        return new RehearsalReport(
                steps,
                tables,
                before,
                after,
                back,
                migrations.stream()
                        .filter(migration -> migration.label() == Label.IRREVERSIBLE)
                        .map(Migration::name)
                        .findFirst()
                        .orElse(""),
                findings);
    }
}
