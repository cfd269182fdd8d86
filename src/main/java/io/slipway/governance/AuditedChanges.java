package io.slipway.governance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.release.AuditedHistory;
import io.slipway.release.ReleaseId;
import java.util.HashMap;
import java.util.Map;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.stereotype.Component;

/** Tells other parts what the audit trail has of a release. */
@Component
class AuditedChanges implements AuditedHistory {

    private final AuditLog log;
    private final ObjectMapper json;

    AuditedChanges(AuditLog log, ObjectMapper json) {
        this.log = log;
        this.json = json;
    }

    @Override
    public Page<Change> of(ReleaseId release, Pageable page) {
        return log.of(release, page)
                .map(entry -> new Change(
                        entry.occurredAt(), entry.actor(), entry.action(), entry.subject(), facts(entry.after())));
    }

    private Map<String, String> facts(String text) {
        Map<String, String> facts = new HashMap<>();
        try {
            json.readTree(text).properties().forEach(fact -> {
                if (fact.getValue().isValueNode()) {
                    facts.put(fact.getKey(), fact.getValue().asText());
                }
            });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry holds what is no JSON", e);
        }
        return facts;
    }
}
