package io.slipway.packaging.web;

import io.slipway.packaging.builds.Rebuild;
import io.slipway.packaging.builds.Rebuilds;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds of a package for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/packaging/rebuilds")
class RebuildApi {

    private final ReleaseDesk desk;
    private final Rebuilds rebuilds;

    RebuildApi(ReleaseDesk desk, Rebuilds rebuilds) {
        this.desk = desk;
        this.rebuilds = rebuilds;
    }

    /** A rebuild with its builds, what differs, and what a person said of it. */
    record RebuildJson(
            long id,
            int round,
            String revision,
            String commit,
            String requestedBy,
            String standing,
            boolean settled,
            @Nullable String verdict,
            List<String> findings,
            List<Rebuild.Run> builds,
            Rebuild.@Nullable Review review) {

        static RebuildJson of(Rebuild rebuild) {
            return new RebuildJson(
                    rebuild.id(),
                    rebuild.round(),
                    rebuild.revision(),
                    rebuild.commit(),
                    rebuild.requestedBy(),
                    rebuild.standing(),
                    rebuild.settled(),
                    rebuild.comparison().map(found -> found.verdict().name()).orElse(null),
                    rebuild.comparison().map(Rebuild.Comparison::findings).orElse(List.of()),
                    rebuild.runs(),
                    rebuild.review().orElse(null));
        }
    }

    /** What is to be built: a tag, a branch or the id of a commit. */
    record RebuildRequest(@Nullable String revision) {}

    @GetMapping
    List<RebuildJson> list(@PathVariable String key, Viewer viewer) {
        return rebuilds.of(release(key, viewer)).stream().map(RebuildJson::of).toList();
    }

    /** Asks for two builds, which begin at once. */
    @PostMapping
    ResponseEntity<RebuildJson> request(@PathVariable String key, @RequestBody RebuildRequest request, Viewer viewer) {
        Release release = release(key, viewer);
        long id = rebuilds.request(release, request.revision() == null ? "" : request.revision(), viewer.person());
        return ResponseEntity.created(URI.create("/api/v1/releases/" + release.key() + "/packaging/rebuilds"))
                .body(RebuildJson.of(rebuilds.get(id)));
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
