package io.slipway.communication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.release.Notices;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        long known = jdbc.sql("select count(*) from notice where notice_key = ?")
                .param(notice.key())
                .query(Long.class)
                .single();
        if (known > 0) {
            return;
        }
        jdbc.sql(
                        "insert into notice (notice_key, release_id, kind, group_names, person_ids, subject, content, path, told_at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        notice.key(),
                        notice.release().map(id -> bytes(id.value())).orElse(null),
                        notice.kind(),
                        joined(notice.audience().groups()),
                        joined(notice.audience().people()),
                        notice.subject(),
                        content(notice),
                        notice.path(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    private String content(Notice notice) {
        try {
            return json.writeValueAsString(Map.of("paragraphs", notice.paragraphs(), "facts", notice.facts()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The notice " + notice.key() + " cannot be written", e);
        }
    }

    private static String joined(Set<String> names) {
        return String.join(",", new TreeSet<>(names));
    }

    private static byte @Nullable [] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
