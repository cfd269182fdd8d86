package io.slipway.quality.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.quality.exemptions.Exemption;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exemptions for programs. */
@RestController
class ExemptionApi {

    private final ReleaseDesk desk;
    private final Exemptions exemptions;

    ExemptionApi(ReleaseDesk desk, Exemptions exemptions) {
        this.desk = desk;
        this.exemptions = exemptions;
    }

    /** What is asked for, as a program hands it in. */
    record Asked(
            @Nullable String skipped,
            @Nullable String compensatingControl,
            @Nullable String validation,
            @Nullable Instant validateBy) {

        Exemption.Request read() {
            return new Exemption.Request(
                    text(skipped), text(compensatingControl), text(validation), given("validateBy", validateBy));
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }
    }

    static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw new Refused(field, "'" + field + "' is missing.");
        }
        return value;
    }

    /** Exemptions of a release, the last first. */
    @GetMapping("/api/v1/releases/{key}/exemptions")
    List<Exemption> of(@PathVariable String key, Viewer viewer) {
        return exemptions.of(release(key, viewer));
    }

    /** Asks for an exemption; its tasks wait in Tasklist. */
    @PostMapping("/api/v1/releases/{key}/exemptions")
    ResponseEntity<Exemption> ask(@PathVariable String key, @RequestBody Asked asked, Viewer viewer) {
        Release release = release(key, viewer);
        exemptions.requireAsker(release, viewer.person());
        Exemption exemption = exemptions.ask(release, asked.read(), viewer.person());
        return ResponseEntity.created(URI.create("/api/v1/releases/" + release.key() + "/exemptions"))
                .body(exemption);
    }

    /** Exemptions that are granted and not validated, the next due first. */
    @GetMapping("/api/v1/exemptions")
    Paging<Exemption> owed(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size, Viewer viewer) {
        return Paging.of(
                exemptions.owed(
                        new Reader(viewer.person(), viewer.groups()),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                exemption -> exemption);
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
