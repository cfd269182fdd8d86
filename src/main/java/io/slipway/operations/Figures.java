package io.slipway.operations;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What is counted of the whole, by states and never by release. One reading is good for a few seconds, so that a program that asks for
 * each figure by itself costs no more than one that asks once.
 */
@Service
public class Figures {

    private static final Duration GOOD_FOR = Duration.ofSeconds(3);

    private final JdbcClient jdbc;
    private final Clock clock;
    private @Nullable Reading last;

    Figures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One reading.
     *
     * @param jobsDue jobs that could be executed now
     * @param jobsFailed jobs that failed at every attempt and wait for a person
     * @param oldestJob for how long the oldest of those that are due waits
     * @param openTasks tasks that wait for people
     * @param releases number of releases by state
     * @param effects number of effects that are under way, in doubt or refused, by state
     * @param mailsWaiting messages that nobody has got yet
     */
    public record Reading(
            Instant at,
            long jobsDue,
            long jobsFailed,
            Duration oldestJob,
            long openTasks,
            Map<String, Long> releases,
            Map<String, Long> effects,
            long mailsWaiting) {}

    /** A reading of these seconds. */
    public synchronized Reading now() {
        Instant now = clock.instant();
        Reading known = last;
        if (known == null || now.isAfter(known.at().plus(GOOD_FOR)) || now.isBefore(known.at())) {
            known = read(now);
            last = known;
        }
        return known;
    }

    /** Jobs due before a moment that have not been done. */
    long jobsDueBefore(Instant moment) {
        return jdbc.sql("select count(*) from ACT_RU_JOB where RETRIES_ > 0 and SUSPENSION_STATE_ = 1"
                        + " and coalesce(DUEDATE_, CREATE_TIME_) <= ?")
                .param(Timestamp.from(moment))
                .query(Long.class)
                .single();
    }

    private Reading read(Instant now) {
        Timestamp oldest = jdbc.sql("select min(coalesce(DUEDATE_, CREATE_TIME_)) from ACT_RU_JOB where RETRIES_ > 0"
                        + " and SUSPENSION_STATE_ = 1")
                .query((row, index) -> new Timestamp[] {row.getTimestamp(1)})
                .single()[0];
        Duration age = oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now);
        return new Reading(
                now,
                jobsDueBefore(now),
                count("select count(*) from ACT_RU_JOB where RETRIES_ = 0"),
                age.isNegative() ? Duration.ZERO : age,
                count("select count(*) from ACT_RU_TASK"),
                byState("select state, count(*) from slipway_release group by state"),
                byState("select state, count(*) from effect where state in"
                        + " ('STARTED', 'UNKNOWN', 'UNDOING', 'UNDO_UNKNOWN', 'FAILED') group by state"),
                count("select count(*) from mail_message where state in ('PENDING', 'SENDING', 'FAILED')"));
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }

    private Map<String, Long> byState(String sql) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql(sql).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }
}
