package io.slipway.packaging.web;

import io.slipway.packaging.versions.Block;
import io.slipway.packaging.versions.Blocks;
import io.slipway.packaging.versions.Drift;
import io.slipway.packaging.versions.DriftFinding;
import io.slipway.packaging.versions.Versions;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.LiveSystems;
import io.slipway.release.Reader;
import io.slipway.release.ReleaseFilter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Versions and where they ran, blocks, and drift, for programs. */
@RestController
@RequestMapping("/api/v1/versions")
class VersionApi {

    private final Versions versions;
    private final Blocks blocks;
    private final Drift drift;

    VersionApi(Versions versions, Blocks blocks, Drift drift) {
        this.versions = versions;
        this.blocks = blocks;
        this.drift = drift;
    }

    /** A version and the environments in which it ever was. */
    record VersionJson(String system, String version, String release, String state, List<LiveSystems.Stay> stays) {

        static VersionJson of(Versions.Trace trace) {
            return new VersionJson(
                    trace.release().system(),
                    trace.release().version(),
                    trace.release().key(),
                    trace.release().state().name(),
                    trace.stays());
        }
    }

    /** Why something is done. */
    record Reason(@Nullable String reason) {

        String text() {
            return reason == null ? "" : reason.strip();
        }
    }

    @GetMapping
    Paging<VersionJson> list(
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        return Paging.of(
                versions.traces(
                        new ReleaseFilter(null, system, null),
                        PageRequest.of(Paging.page(page), Paging.size(size), ReleaseFilter.Order.sort(null)),
                        new Reader(viewer.person(), viewer.groups())),
                VersionJson::of);
    }

    /** Versions that a system could get next. */
    @GetMapping("/next/{system}")
    Versions.Next next(@PathVariable String system) {
        return versions.next(system);
    }

    @GetMapping("/blocks")
    Paging<Block> blocks(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(blocks.list(PageRequest.of(Paging.page(page), Paging.size(size))), block -> block);
    }

    @PostMapping("/{system}/{version}/block")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void block(@PathVariable String system, @PathVariable String version, @RequestBody Reason reason, Viewer viewer) {
        blocks.block(system, version, reason.text(), viewer.person());
    }

    @PostMapping("/{system}/{version}/unblock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unblock(@PathVariable String system, @PathVariable String version, @RequestBody Reason reason, Viewer viewer) {
        blocks.unblock(system, version, reason.text(), viewer.person());
    }

    /** The latest looks at what lives, the newest first. */
    @GetMapping("/drift")
    Paging<DriftFinding> drift(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(drift.list(PageRequest.of(Paging.page(page), Paging.size(size))), Function.identity());
    }

    /** Lets what lives be compared with what is recorded again and again. */
    @PostMapping("/drift/watch")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void watch(Viewer viewer) {
        drift.watch(viewer.person());
    }
}
