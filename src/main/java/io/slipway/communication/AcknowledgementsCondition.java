package io.slipway.communication;

import io.slipway.platform.security.People;
import io.slipway.platform.security.Person;
import io.slipway.release.ProductionCondition;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Refuses production while a role that has to know of the release has not confirmed what it was last told. */
@Component
class AcknowledgementsCondition implements ProductionCondition {

    private final Acknowledgements acknowledgements;
    private final People people;
    private final CommunicationSettings settings;

    AcknowledgementsCondition(Acknowledgements acknowledgements, People people, CommunicationSettings settings) {
        this.acknowledgements = acknowledgements;
        this.people = people;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "acknowledgements";
    }

    @Override
    public List<String> obstacles(Release release, ProductionTouch touch) {
        String kind = release.releaseClass().map(ReleaseClass::name).orElse("").toLowerCase(java.util.Locale.ROOT);
        List<String> obstacles = new ArrayList<>();
        for (String group : settings.acknowledgement().required().getOrDefault(kind, List.of())) {
            Role role = Role.ofGroup(group).orElseThrow();
            Set<String> members = people.members(List.of(role.groupFor(release.system()))).keySet().stream()
                    .map(Person::id)
                    .collect(Collectors.toUnmodifiableSet());
            if (!acknowledgements.isAcknowledged(release, members)) {
                obstacles.add("Nobody of '" + role.label() + "' has confirmed the newest mail about the window of "
                        + release.key() + "; the link stands in that mail.");
            }
        }
        return obstacles;
    }
}
