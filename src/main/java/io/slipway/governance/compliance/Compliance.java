package io.slipway.governance.compliance;

import io.slipway.governance.compliance.ControlCatalogue.Applies;
import io.slipway.governance.compliance.ControlCatalogue.Control;
import io.slipway.release.Release;
import io.slipway.release.StoredIds;
import io.slipway.release.Urgency;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Computes which controls applied and which were carried out: from the elements of the models that are marked with them, and from the
 * steps that the audit trail shows.
 */
@Service
public class Compliance {

    private static final int MOST = 20;

    private final ControlCatalogue catalogue;
    private final ControlMarks marks;
    private final JdbcClient jdbc;

    Compliance(ControlCatalogue catalogue, ControlMarks marks, JdbcClient jdbc) {
        this.catalogue = catalogue;
        this.marks = marks;
        this.jdbc = jdbc;
    }

    /** Every control that applies to releases, for one release. */
    @Transactional(readOnly = true)
    public List<Coverage> of(Release release) {
        Map<String, List<MarkedElement>> marked = marks.of(release.key());
        Map<String, List<Long>> steps = new HashMap<>();
        jdbc.sql(
                        "select subject, seq from audit_entry where release_id = ? and action = 'step.leave' order by seq limit 5000")
                .param(StoredIds.bytes(release))
                .query((row, number) -> steps.computeIfAbsent(element(row.getString(1)), first -> new ArrayList<>())
                        .add(row.getLong(2)))
                .list();
        boolean emergency = release.urgency() == Urgency.EMERGENCY;
        List<Coverage> coverage = new ArrayList<>();
        for (Control control : catalogue.controls()) {
            if (control.applies() == Applies.HOUSE) {
                continue;
            }
            List<MarkedElement> elements = marked.getOrDefault(control.mark(), List.of());
            List<Long> evidence = elements.stream()
                    .flatMap(element -> steps.getOrDefault(place(element), List.of()).stream())
                    .sorted()
                    .limit(MOST)
                    .toList();
            boolean applies = applies(control, emergency) && !elements.isEmpty();
            boolean over = release.state().ended();
            coverage.add(new Coverage(
                    control,
                    elements,
                    applies ? 1 : 0,
                    applies && !evidence.isEmpty() ? 1 : 0,
                    evidence,
                    applies && evidence.isEmpty() && over ? List.of(release.key()) : List.of()));
        }
        return coverage;
    }

    private static boolean applies(Control control, boolean emergency) {
        return switch (control.applies()) {
            case ALWAYS -> true;
            case EMERGENCY -> emergency;
            case PLANNED -> !emergency;
            case HOUSE -> false;
        };
    }

    /** Without the version: {@code approve-change/userTask_approveChange}. */
    private static String element(String subject) {
        int slash = subject.lastIndexOf('/');
        int colon = subject.indexOf(':');
        return colon < 0 || slash < colon ? subject : subject.substring(0, colon) + subject.substring(slash);
    }

    private static String place(MarkedElement element) {
        return element.process() + "/" + element.element();
    }

    private record Ended(boolean emergency, Map<String, Long> steps) {}

    /** Every control, for all releases that ended in a period and went live, at most a thousand, and for the house as a whole. */
    @Transactional(readOnly = true)
    public List<Coverage> in(Instant from, Instant until) {
        Map<String, List<MarkedElement>> marked = marks.newest();
        Map<String, Ended> releases = new TreeMap<>();
        jdbc.sql("select r.release_key, r.urgency, a.subject, max(a.seq) from"
                        + " (select id, release_key, urgency from slipway_release where ended_at >= ? and ended_at < ?"
                        + " and outcome <> 'CANCELLED' order by ended_at limit 1000) r"
                        + " join audit_entry a on a.release_id = r.id and a.action = 'step.leave'"
                        + " group by r.release_key, r.urgency, a.subject")
                .params(Timestamp.from(from), Timestamp.from(until))
                .query((row, number) -> releases.computeIfAbsent(
                                row.getString(1), key -> new Ended(emergency(row), new HashMap<>()))
                        .steps()
                        .merge(element(row.getString(3)), row.getLong(4), Math::max))
                .list();
        Map<String, Shown> shown = shown(from, until);
        return catalogue.controls().stream()
                .map(control -> control.applies() == Applies.HOUSE
                        ? house(control, shown)
                        : covered(control, marked.getOrDefault(control.mark(), List.of()), releases))
                .toList();
    }

    private static boolean emergency(java.sql.ResultSet row) {
        try {
            return Urgency.EMERGENCY.name().equals(row.getString(2));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("The urgency of a release cannot be read", e);
        }
    }

    private static Coverage covered(Control control, List<MarkedElement> elements, Map<String, Ended> releases) {
        Set<String> places = elements.stream().map(Compliance::place).collect(Collectors.toSet());
        long applied = 0;
        long executed = 0;
        List<Long> evidence = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, Ended> release : releases.entrySet()) {
            if (places.isEmpty() || !applies(control, release.getValue().emergency())) {
                continue;
            }
            applied++;
            List<Long> shown = release.getValue().steps().entrySet().stream()
                    .filter(step -> places.contains(step.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            if (!shown.isEmpty()) {
                executed++;
                if (evidence.size() < MOST) {
                    evidence.add(shown.get(0));
                }
            } else if (missing.size() < MOST) {
                missing.add(release.getKey());
            }
        }
        return new Coverage(control, elements, applied, executed, evidence, missing);
    }

    /**
     * Entries of the audit trail with one action.
     *
     * @param count how many there are
     * @param newest numbers of the newest
     */
    private record Shown(long count, List<Long> newest) {}

    /** What the audit trail shows of every action that is evidence of a control of the house, in one statement. */
    private Map<String, Shown> shown(Instant from, Instant until) {
        Set<String> actions = catalogue.controls().stream()
                .filter(control -> control.applies() == Applies.HOUSE)
                .flatMap(control -> control.evidence().stream())
                .collect(Collectors.toSet());
        Map<String, Shown> shown = new HashMap<>();
        if (actions.isEmpty()) {
            return shown;
        }
        jdbc.sql("select action, seq, all_ from (select action, seq, count(*) over (partition by action) as all_,"
                        + " row_number() over (partition by action order by seq desc) as place_ from audit_entry"
                        + " where action in (:actions) and occurred_at >= :from and occurred_at < :until) found"
                        + " where place_ <= " + MOST + " order by action, seq desc")
                .param("actions", actions)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .query((row, number) -> shown.computeIfAbsent(
                                row.getString(1), action -> new Shown(count(row), new ArrayList<>()))
                        .newest()
                        .add(row.getLong(2)))
                .list();
        return shown;
    }

    private static long count(java.sql.ResultSet row) {
        try {
            return row.getLong(3);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("The number of entries cannot be read", e);
        }
    }

    /** What the house as a whole shows by entries of the audit trail. */
    private static Coverage house(Control control, Map<String, Shown> shown) {
        List<Long> evidence = new ArrayList<>();
        long count = 0;
        for (String action : control.evidence()) {
            Shown entries = shown.getOrDefault(action, new Shown(0, List.of()));
            count += entries.count();
            evidence.addAll(entries.newest());
        }
        return new Coverage(
                control, List.of(), 1, count, evidence.stream().limit(MOST).toList(), List.of());
    }
}
