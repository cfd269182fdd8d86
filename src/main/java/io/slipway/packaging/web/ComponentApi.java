package io.slipway.packaging.web;

import io.slipway.packaging.components.Components;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.ReleaseDesk;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Components of a package for programs. */
@RestController
class ComponentApi {

    private final ReleaseDesk desk;
    private final Components components;

    ComponentApi(ReleaseDesk desk, Components components) {
        this.desk = desk;
        this.components = components;
    }

    @GetMapping("/api/v1/releases/{key}/packaging/components")
    List<Components.Bill> components(@PathVariable String key, Viewer viewer) {
        return components.of(desk.get(key, new Reader(viewer.person(), viewer.groups())));
    }
}
