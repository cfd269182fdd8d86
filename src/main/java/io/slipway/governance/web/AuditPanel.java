package io.slipway.governance.web;

import io.slipway.governance.AuditEntry;
import io.slipway.governance.AuditLog;
import io.slipway.platform.security.People;
import io.slipway.release.Release;
import io.slipway.release.web.ReleasePanel;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows who changed what in a release, and when, in the order of the entries. */
@Component
class AuditPanel implements ReleasePanel {

    private static final int SIZE = 15;

    private final AuditLog log;
    private final People people;

    AuditPanel(AuditLog log, People people) {
        this.log = log;
        this.people = people;
    }

    @Override
    public int order() {
        return 900;
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
        return Map.of(
                "auditEntries",
                entries,
                "auditNames",
                people.names(entries.stream().map(AuditEntry::actor).collect(Collectors.toSet())),
                "auditAddress",
                "/releases/" + release.key() + "/audit");
    }
}
