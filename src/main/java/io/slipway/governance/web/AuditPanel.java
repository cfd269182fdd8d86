package io.slipway.governance.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.governance.AuditEntry;
import io.slipway.governance.AuditLog;
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows who changed what in a release, and when, in the order of the entries. */
@Component
class AuditPanel implements ReleasePanel {

    private static final int SIZE = 15;

    /** How the ids of people look; entries name people by nothing else. */
    private static final Pattern PERSON = Pattern.compile("p[a-z2-7]{20}");

    private final AuditLog log;
    private final People people;
    private final ObjectMapper json;

    AuditPanel(AuditLog log, People people, ObjectMapper json) {
        this.log = log;
        this.people = people;
        this.json = json;
    }

    /**
     * An entry as it is shown.
     *
     * @param who who did it, in words
     * @param before facts before it, as text
     * @param after facts after it, as text
     */
    public record Line(AuditEntry entry, String who, Map<String, String> before, Map<String, String> after) {}

    @Override
    public int order() {
        return 1100;
    }

    @Override
    public String fragment() {
        return "governance/audit :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        return model(release, 0);
    }

    Map<String, Object> model(Release release, int page) {
        Page<AuditEntry> entries = log.of(release.id(), PageRequest.of(page, SIZE));
        List<Line> lines = lines(entries.getContent());
        return Map.of(
                "auditLines",
                new PageImpl<>(lines, entries.getPageable(), entries.getTotalElements()),
                "auditAddress",
                "/releases/" + release.key() + "/audit");
    }

    /** Entries with the names of everybody whom they mention, asked for together. */
    List<Line> lines(List<AuditEntry> entries) {
        Set<String> involved = new HashSet<>();
        for (AuditEntry entry : entries) {
            involved.add(entry.actor());
            Matcher mentioned = PERSON.matcher(entry.before() + " " + entry.after());
            while (mentioned.find()) {
                involved.add(mentioned.group());
            }
        }
        Map<String, String> names = people.names(involved);
        return entries.stream()
                .map(entry -> new Line(
                        entry,
                        names.getOrDefault(entry.actor(), entry.actor()),
                        facts(entry.before(), names),
                        facts(entry.after(), names)))
                .toList();
    }

    private Map<String, String> facts(String text, Map<String, String> names) {
        Map<String, String> facts = new LinkedHashMap<>();
        try {
            json.readTree(text).properties().forEach(fact -> facts.put(fact.getKey(), value(fact.getValue(), names)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An audit entry holds what is no JSON", e);
        }
        return facts;
    }

    private static String value(JsonNode value, Map<String, String> names) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return PERSON.matcher(text)
                .replaceAll(id -> Matcher.quoteReplacement(names.getOrDefault(id.group(), id.group())));
    }
}
