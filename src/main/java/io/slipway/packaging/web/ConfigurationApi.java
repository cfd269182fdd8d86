package io.slipway.packaging.web;

import io.slipway.packaging.configuration.Configurations;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Values of the environments and the completeness matrix of a package, for programs. */
@RestController
class ConfigurationApi {

    private final Configurations configurations;
    private final ReleaseDesk desk;

    ConfigurationApi(Configurations configurations, ReleaseDesk desk) {
        this.configurations = configurations;
        this.desk = desk;
    }

    /** A value as a program sets it; without value it is taken away. */
    record ValueEntry(
            @Nullable String system,
            @Nullable String environment,
            @Nullable String name,
            @Nullable String value) {}

    /** The configuration of a package. */
    record ConfigurationJson(List<Configurations.Line> matrix, List<Configurations.SecretFinding> secrets) {}

    @GetMapping("/api/v1/releases/{key}/packaging/configuration")
    ConfigurationJson configuration(@PathVariable String key, Viewer viewer) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        return new ConfigurationJson(configurations.matrix(release), configurations.findings(release));
    }

    @GetMapping("/api/v1/configuration")
    Paging<Configurations.Value> list(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(configurations.list(PageRequest.of(Paging.page(page), Paging.size(size))), value -> value);
    }

    @PostMapping("/api/v1/configuration")
    @ResponseStatus(HttpStatus.CREATED)
    Configurations.Value set(@RequestBody ValueEntry entry, Viewer viewer) {
        return configurations.set(
                text(entry.system()),
                text(entry.environment()),
                text(entry.name()),
                text(entry.value()),
                viewer.person());
    }

    @PostMapping("/api/v1/configuration/{id}/accept")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void accept(@PathVariable long id, Viewer viewer) {
        configurations.accept(id, viewer.person());
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
