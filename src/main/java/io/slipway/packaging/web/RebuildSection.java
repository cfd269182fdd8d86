package io.slipway.packaging.web;

import io.slipway.packaging.Packages;
import io.slipway.packaging.builds.Rebuild;
import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Role;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Shows what building the package again showed, and offers to do it. */
@Component
class RebuildSection implements PackagingSection {

    private final Rebuilds rebuilds;
    private final Packages packages;
    private final Permissions permissions;
    private final People people;

    RebuildSection(Rebuilds rebuilds, Packages packages, Permissions permissions, People people) {
        this.rebuilds = rebuilds;
        this.packages = packages;
        this.permissions = permissions;
        this.people = people;
    }

    @Override
    public int order() {
        return 500;
    }

    @Override
    public String fragment() {
        return "packaging/rebuilds :: section";
    }

    @Override
    public Map<String, Object> model(Release release, Viewer viewer) {
        List<Rebuild> found = rebuilds.of(release);
        return Map.of(
                "rebuilds",
                found,
                "rebuildNames",
                people.names(found.stream()
                        .flatMap(rebuild -> Stream.concat(
                                Stream.of(rebuild.requestedBy()),
                                rebuild.review().map(Rebuild.Review::person).stream()))
                        .toList()),
                "rebuildOffered",
                rebuilds.offered(release)
                        && !packages.files(release).isEmpty()
                        && !release.state().ended()
                        && permissions
                                .reader(viewer.person())
                                .has(release.system(), Role.DEVELOPER, Role.SECURITY, Role.QA),
                "rebuildRevision",
                "v" + release.version());
    }
}
