package io.slipway.scope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.release.Release;
import io.slipway.release.ReleaseId;
import io.slipway.release.ReleaseStateChanged;
import io.slipway.release.Releases;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what {@link ScopeDrift} found, so that nobody who opens a page waits for a repository: it is looked up anew after the scope or
 * the state of a release has changed, and from time to time while the release is open, because commits come without a word.
 */
@Service
public class DriftBook {

    private static final Logger LOG = LoggerFactory.getLogger(DriftBook.class);
    private static final int AT_ONCE = 20;

    private final ScopeDrift drift;
    private final Releases releases;
    private final DriftSettings settings;
    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    DriftBook(
            ScopeDrift drift,
            Releases releases,
            DriftSettings settings,
            JdbcClient jdbc,
            ObjectMapper json,
            Clock clock) {
        this.drift = drift;
        this.releases = releases;
        this.settings = settings;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What was found last.
     *
     * @param at when it was looked up
     */
    public record Entry(ScopeDrift.Difference difference, Instant at) {}

    private record Due(ReleaseId release, Timestamp since) {}

    /** What was found last; empty until it was looked up for the first time. */
    @Transactional(readOnly = true)
    public Optional<Entry> of(Release release) {
        return jdbc.sql("select content, computed_at from scope_drift where release_id = ? and content is not null")
                .param(StoredIds.bytes(release))
                .query((row, index) ->
                        new Entry(read(row.getString(1)), row.getTimestamp(2).toInstant()))
                .optional();
    }

    /** Looks it up anew soon. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ReleaseStateChanged changed) {
        due(changed.release());
    }

    /** Looks it up anew soon. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(ScopeChanged changed) {
        due(changed.release());
    }

    private void due(Release release) {
        Timestamp now = Timestamp.from(clock.instant());
        int known = jdbc.sql("update scope_drift set due_at = ? where release_id = ?")
                .params(now, StoredIds.bytes(release))
                .update();
        if (known == 0) {
            jdbc.sql("insert into scope_drift (release_id, due_at) values (?, ?)")
                    .params(StoredIds.bytes(release), now)
                    .update();
        }
    }

    /**
     * Looks up what is due now, the longest due first; what cannot be read from the repository is kept as the note that says why.
     * When two do so at once, both find the same.
     */
    public void lookUpDue() {
        for (Due one : due()) {
            try {
                lookUp(one);
            } catch (RuntimeException e) {
                LOG.error("The drift of release {} cannot be looked up; it is tried again", one.release(), e);
                // After the others: a look takes only so many, and those that fail must not be all of them.
                next(one, Optional.of(clock.instant().plus(settings.every())));
            }
        }
    }

    private List<Due> due() {
        return jdbc.sql("select release_id, due_at from scope_drift where due_at <= ? order by due_at limit " + AT_ONCE)
                .param(Timestamp.from(clock.instant()))
                .query((row, index) -> new Due(StoredIds.releaseId(row.getBytes(1)), row.getTimestamp(2)))
                .list();
    }

    private void lookUp(Due due) {
        Release release = releases.get(due.release());
        ScopeDrift.Difference found = drift.of(release, Optional.empty(), Optional.empty());
        Instant now = clock.instant();
        jdbc.sql("update scope_drift set content = ?, computed_at = ? where release_id = ?")
                .params(written(found), Timestamp.from(now), StoredIds.bytes(release))
                .update();
        next(due, release.endedAt().isPresent() ? Optional.empty() : Optional.of(now.plus(settings.every())));
    }

    /** What became due again meanwhile stays due. */
    private void next(Due due, Optional<Instant> at) {
        jdbc.sql("update scope_drift set due_at = ? where release_id = ? and due_at = ?")
                .params(at.map(Timestamp::from).orElse(null), StoredIds.bytes(due.release()), due.since())
                .update();
    }

    private ScopeDrift.Difference read(String text) {
        try {
            return json.readValue(text, ScopeDrift.Difference.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored drift cannot be read", e);
        }
    }

    private String written(ScopeDrift.Difference found) {
        try {
            return json.writeValueAsString(found);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A drift cannot be written", e);
        }
    }
}
