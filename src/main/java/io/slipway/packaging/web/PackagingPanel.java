package io.slipway.packaging.web;

import io.slipway.packaging.HandedInFile;
import io.slipway.packaging.Packages;
import io.slipway.platform.security.People;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import io.slipway.release.SealedPackage;
import io.slipway.release.web.ReleasePanel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Shows the files of a release and their seal, and takes files in while it is the developers' turn. */
@Component
class PackagingPanel implements ReleasePanel {

    private final Packages packages;
    private final Permissions permissions;
    private final People people;

    PackagingPanel(Packages packages, Permissions permissions, People people) {
        this.packages = packages;
        this.permissions = permissions;
        this.people = people;
    }

    @Override
    public int order() {
        return 300;
    }

    @Override
    public String fragment() {
        return "packaging/panel :: panel";
    }

    @Override
    public Map<String, Object> model(Release release, String person) {
        Optional<Integer> round = packages.round(release);
        Optional<SealedPackage> sealed = packages.present(release);
        List<HandedInFile> files = packages.files(release);
        Map<String, Object> model = new HashMap<>();
        round.ifPresent(number -> model.put("packagingRound", number));
        sealed.ifPresent(present -> model.put("packagingSeal", present));
        model.put("packagingFiles", files);
        model.put(
                "packagingNames",
                people.names(files.stream().map(HandedInFile::handedInBy).toList()));
        model.put("packagingShortcomings", sealed.isPresent() ? List.of() : packages.shortcomings(release));
        model.put("packagingLimits", packages.limits());
        model.put(
                "packagingSupplies",
                round.isPresent()
                        && sealed.isEmpty()
                        && !release.onHold()
                        && !release.state().ended()
                        && permissions.reader(person).has(release.system(), Role.DEVELOPER));
        return model;
    }
}
