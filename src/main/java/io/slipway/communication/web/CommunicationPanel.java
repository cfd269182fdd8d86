package io.slipway.communication.web;

import io.slipway.communication.Archive;
import io.slipway.communication.Delays;
import io.slipway.communication.EscalationLadder;
import io.slipway.communication.KnownIssues;
import io.slipway.communication.Materials;
import io.slipway.communication.TeamDependencies;
import io.slipway.communication.TeamDependency;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.web.ReleasePanel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Component;

/** Shows known issues, delays, dependencies, questions and material of a release, and what was last sent about it. */
@Component
class CommunicationPanel implements ReleasePanel {

    private static final int LAST = 5;

    private final KnownIssues issues;
    private final Archive archive;
    private final Permissions permissions;
    private final TeamDependencies dependencies;
    private final EscalationLadder ladder;
    private final Delays delays;
    private final Materials materials;

    CommunicationPanel(
            KnownIssues issues,
            Archive archive,
            Permissions permissions,
            TeamDependencies dependencies,
            EscalationLadder ladder,
            Delays delays,
            Materials materials) {
        this.dependencies = dependencies;
        this.ladder = ladder;
        this.delays = delays;
        this.materials = materials;
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
        List<TeamDependency> needed = dependencies.of(release);
        model.put("communicationDependencies", needed);
        model.put(
                "communicationAwaits",
                needed.stream()
                        .filter(dependency -> dependencies.awaits(dependency, reader))
                        .map(TeamDependency::id)
                        .collect(Collectors.toUnmodifiableSet()));
        model.put(
                "communicationSides",
                reader.has(release.system(), Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER));
        model.put("communicationQuestions", ladder.of(release));
        model.put("communicationDelays", delays.of(release));
        model.put("communicationMaterials", materials.of(release));
        model.put("communicationAudiences", materials.audiences());
        model.put("communicationPlans", reader.has(release.system(), Role.RELEASE_MANAGER, Role.PRODUCT_OWNER));
        model.put(
                "communicationAsks",
                reader.has(release.system(), Role.RELEASE_MANAGER, Role.PRODUCT_OWNER, Role.DEVELOPER));
        return model;
    }
}
