package io.slipway.governance.changes;

import io.slipway.integration.changes.Change;
import io.slipway.integration.changes.ChangeFilter;
import io.slipway.integration.changes.ChangeList;
import io.slipway.integration.changes.ChangeRegister;
import io.slipway.release.AuditTrail;
import io.slipway.release.ReleaseClass;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The changes of a period with state and outcome: the population that an auditor begins with. */
@Service
public class ChangeOverview {

    /** Changes that are held in memory at once while a list is written out. */
    private static final int BATCH = 500;

    private final ChangeRegister register;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    ChangeOverview(ChangeRegister register, JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.register = register;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** A page of changes, the one that was opened last first. */
    @Transactional(readOnly = true)
    public Page<ListedChange> list(ChangeQuery query, Pageable page) {
        ChangeList found = register.list(query.filter(), page.getPageNumber(), page.getPageSize());
        return new PageImpl<>(withClass(found.changes()), page, found.total());
    }

    /**
     * Gives every change that was opened until now and that the query lets through, a bounded number of them in memory at a time. That
     * somebody took them away is an entry of the audit trail.
     */
    @Transactional
    public void export(ChangeQuery query, Consumer<ListedChange> each) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("system", query.system());
        asked.put("state", query.state());
        asked.put("outcome", query.outcome());
        asked.put("from", query.from());
        asked.put("to", query.to());
        audit.record(new AuditTrail.Entry(Optional.empty(), "change.export", "change register", Map.of(), asked));
        ChangeFilter filter = untilNow(query.filter());
        int page = 0;
        List<Change> batch;
        do {
            batch = register.list(filter, page++, BATCH).changes();
            withClass(batch).forEach(each);
        } while (batch.size() == BATCH);
    }

    /** What is opened meanwhile would move the rest from page to page, so that a change came twice. */
    private ChangeFilter untilNow(ChangeFilter filter) {
        Instant now = clock.instant();
        return new ChangeFilter(
                filter.system(),
                filter.state(),
                filter.outcome(),
                filter.openedFrom(),
                filter.openedBefore().filter(now::isAfter).or(() -> Optional.of(now)));
    }

    private List<ListedChange> withClass(List<Change> changes) {
        Map<String, Optional<ReleaseClass>> classes = new HashMap<>();
        if (!changes.isEmpty()) {
            jdbc.sql("select release_key, release_class from slipway_release where release_key in (:keys)")
                    .param(
                            "keys",
                            changes.stream()
                                    .map(change -> change.content().subject())
                                    .distinct()
                                    .toList())
                    .query(row -> {
                        classes.put(
                                row.getString(1),
                                Optional.ofNullable(row.getString(2)).map(ReleaseClass::valueOf));
                    });
        }
        return changes.stream()
                .map(change -> {
                    String key = change.content().subject();
                    return new ListedChange(
                            change, classes.containsKey(key), classes.getOrDefault(key, Optional.empty()));
                })
                .toList();
    }
}
