package io.slipway.integration.planning;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** A planning register of our own, in one table of Slipway's database. It takes part in the caller's transaction. */
public class EmbeddedPlanning implements PlanningTool {

    private final JdbcClient jdbc;

    /** Keeps the register in this database. */
    public EmbeddedPlanning(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean transactional() {
        return true;
    }

    @Override
    @Transactional
    public void push(MilestoneChange change) {
        if (!change.id().matches("[A-Za-z0-9_-]{1,64}")) {
            throw new PlanningToolRefused("The id of a change has 1 to 64 letters, digits, hyphens and underscores.");
        }
        boolean known = jdbc.sql("select count(*) from planning_entry where push_id = ?")
                        .param(change.id())
                        .query(Long.class)
                        .single()
                > 0;
        if (known) {
            return;
        }
        jdbc.sql("delete from planning_entry where release_key = ? and milestone = ?")
                .params(change.release(), change.milestone())
                .update();
        jdbc.sql("insert into planning_entry (release_key, milestone, push_id, baseline, forecast, actual, cause)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        change.release(),
                        change.milestone(),
                        change.id(),
                        local(change.baseline()),
                        local(change.forecast()),
                        change.actual().map(EmbeddedPlanning::local).orElse(null),
                        change.cause().orElse(null))
                .update();
    }

    private static LocalDateTime local(Instant moment) {
        return LocalDateTime.ofInstant(moment.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }
}
