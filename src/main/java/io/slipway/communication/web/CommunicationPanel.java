package io.slipway.communication.web;

import io.slipway.communication.Archive;
import io.slipway.communication.KnownIssues;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.web.ReleasePanel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows the known issues of a release and what was last sent about it. */
@Component
class CommunicationPanel implements ReleasePanel {

    private static final int LAST = 5;

    private final KnownIssues issues;
    private final Archive archive;
    private final Permissions permissions;

    CommunicationPanel(KnownIssues issues, Archive archive, Permissions permissions) {
        this.issues = issues;
        this.archive = archive;
        this.permissions = permissions;
    }

    @Override
    public int order() {
        return 850;
    }

    @Override
    public String fragment() {
        return "communication/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        Reader reader = permissions.reader(person);
        Map<String, Object> model = new HashMap<>();
        model.put("communicationIssues", issues.of(release));
        model.put(
                "communicationKeeps",
                reader.has(
                        release.system(),
                        Role.RELEASE_MANAGER,
                        Role.PRODUCT_OWNER,
                        Role.DEVELOPER,
                        Role.QA,
                        Role.SERVICE_DESK));
        model.put("communicationSends", reader.has(Role.RELEASE_MANAGER));
        model.put("communicationSent", archive.list(reader, false, Optional.of(release), PageRequest.of(0, LAST)));
        return model;
    }
}
