package io.slipway.governance.adherence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.governance.adherence.Deviation.Deed;
import io.slipway.governance.adherence.Deviation.Rule;
import io.slipway.platform.text.Beginning;
import io.slipway.release.Release;
import io.slipway.release.StoredIds;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people did in the engine to the processes of a release, those beside it included: moved tokens and edited variables, as the audit
 * trail tells of them. Each is looked at once, however long after the end of the release it is done.
 */
@Component
class EngineDeeds {

    private static final String MOVED = "engine.modifyProcessInstance";
    private static final String ACTIONS =
            "('engine.modifyProcessInstance', 'engine.setVariable', 'engine.modifyVariable', 'engine.removeVariable')";
    private static final String NOT_LOOKED_AT =
            " and not exists (select 1 from adherence_intervention i where i.seq = a.seq)";
    private static final int LONGEST_NAME = 200;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    EngineDeeds(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Entry(long seq, String action, String subject, String after, Deed deed) {}

    /** Keys of releases that were reviewed and whose processes somebody touched after that. */
    List<String> touchedSinceReview(int most) {
        return jdbc.sql("select distinct r.release_key from audit_entry a"
                        + " join adherence_review v on v.release_id = a.release_id"
                        + " join slipway_release r on r.id = a.release_id where a.action in " + ACTIONS
                        + NOT_LOOKED_AT + " order by r.release_key limit " + most)
                .query(String.class)
                .list();
    }

    /** Every moved token and every edited variable of a release that was not told before; it is told once. */
    List<Deviation> take(Release release, Instant now) {
        List<Entry> entries = jdbc.sql(
                        "select a.seq, a.action, a.subject, a.facts_after, a.actor, a.occurred_at from audit_entry a"
                                + " where a.release_id = ? and a.action in " + ACTIONS + NOT_LOOKED_AT
                                + " order by a.seq")
                .param(StoredIds.bytes(release))
                .query((row, number) -> new Entry(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        new Deed(row.getString(5), row.getTimestamp(6).toInstant())))
                .list();
        List<Deviation> deviations = new ArrayList<>();
        for (Entry entry : entries) {
            jdbc.sql("insert into adherence_intervention (seq, reviewed_at) values (?, ?)")
                    .params(entry.seq(), Timestamp.from(now))
                    .update();
            if (entry.action().equals(MOVED)) {
                deviations.add(deviation(
                        Rule.MOVED_TOKEN,
                        entry,
                        String.valueOf(entry.seq()),
                        "A token was moved in " + model(entry.subject()) + "."));
            } else {
                deviations.addAll(edited(entry));
            }
        }
        return deviations;
    }

    private List<Deviation> edited(Entry entry) {
        List<Deviation> deviations = new ArrayList<>();
        int number = 0;
        for (String variable : variables(entry.after())) {
            int end = variable.lastIndexOf(' ');
            String name = end < 0 ? variable : variable.substring(0, end);
            String how = end < 0 ? "edited" : variable.substring(end + 1);
            deviations.add(deviation(
                    Rule.EDITED_VARIABLE,
                    entry,
                    entry.seq() + "-" + ++number,
                    "The variable '" + Beginning.of(name, LONGEST_NAME) + "' of " + model(entry.subject()) + " was "
                            + how + "."));
        }
        if (deviations.isEmpty()) {
            deviations.add(deviation(
                    Rule.EDITED_VARIABLE,
                    entry,
                    String.valueOf(entry.seq()),
                    "A variable of " + model(entry.subject()) + " was edited."));
        }
        return deviations;
    }

    private static Deviation deviation(Rule rule, Entry entry, String discriminator, String sentence) {
        return new Deviation(
                rule,
                discriminator,
                sentence,
                "entry " + entry.seq() + " of the audit trail, " + entry.action(),
                Optional.of(entry.deed()));
    }

    /** Each with what was done to it at the end, such as {@code remark changed}. */
    private List<String> variables(String facts) {
        List<String> variables = new ArrayList<>();
        try {
            for (JsonNode variable : json.readTree(facts).path("variables")) {
                variables.add(variable.asText());
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry holds what is no JSON", e);
        }
        return variables;
    }

    /** Subjects are such as {@code Variable of run-release:1}; the number of the version tells nobody anything here. */
    private static String model(String subject) {
        int of = subject.lastIndexOf(" of ");
        String model = of < 0 ? subject : subject.substring(of + 4);
        int version = model.indexOf(':');
        return version < 0 ? model : model.substring(0, version);
    }
}
