package io.slipway.communication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.release.Notices;
import io.slipway.release.Refused;
import io.slipway.release.StoredIds;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps notices until they are delivered; the key is unique, so that a step that runs twice tells once. */
@Service
class NoticeBook implements Notices {

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final Clock clock;

    NoticeBook(JdbcClient jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(Notice notice) {
        keep(notice, List.of(new Letter.Link("Open it in Slipway", notice.path())));
    }

    /** Keeps a notice that leads to several places. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(Notice notice, List<Letter.Link> links) {
        links.forEach(link -> {
            if (!link.path().startsWith("/")
                    || link.path().startsWith("//")
                    || link.path().length() > 500) {
                throw new Refused("A notice leads to a path of this application, and not to '" + link.path() + "'.");
            }
        });
        if (isKnown(notice.key())) {
            return;
        }
        jdbc.sql(
                        "insert into notice (notice_key, release_id, kind, group_names, person_ids, subject, content, path, told_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        notice.key(),
                        notice.release().map(StoredIds::bytes).orElse(null),
                        notice.kind(),
                        joined(notice.audience().groups()),
                        joined(notice.audience().people()),
                        Columns.fitting(notice.subject(), 300),
                        content(notice, links),
                        notice.path(),
                        Columns.at(clock.instant()))
                .update();
    }

    /** Whether something was told under this key. */
    @Transactional(readOnly = true)
    public boolean isKnown(String key) {
        return jdbc.sql("select count(*) from notice where notice_key = ?")
                        .param(key)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private String content(Notice notice, List<Letter.Link> links) {
        try {
            return json.writeValueAsString(
                    Map.of("paragraphs", notice.paragraphs(), "facts", notice.facts(), "links", links));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The notice " + notice.key() + " cannot be written", e);
        }
    }

    private static String joined(Set<String> names) {
        return String.join(",", new TreeSet<>(names));
    }
}
