package io.slipway.governance.web;

import io.slipway.governance.obligations.ObligationFilter;
import io.slipway.governance.obligations.ObligationRegister;
import io.slipway.governance.obligations.ObligationRow;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.NotFound;
import io.slipway.release.Obligations.NewObligation;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.ReleaseDesk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Obligations for programs. */
@RestController
class ObligationsApi {

    private final ObligationRegister register;
    private final ReleaseDesk desk;

    ObligationsApi(ObligationRegister register, ReleaseDesk desk) {
        this.register = register;
        this.desk = desk;
    }

    /** An obligation; what is open has no moment of fulfilment. */
    record ObligationJson(
            String key,
            @Nullable String release,
            @Nullable String system,
            String kind,
            String statement,
            String owner,
            @Nullable String person,
            Instant openedAt,
            Instant due,
            boolean blocksClosure,
            @Nullable Instant fulfilledAt,
            @Nullable String fulfilledBy,
            @Nullable String evidence) {

        static ObligationJson of(ObligationRow row) {
            NewObligation owed = row.obligation().owed();
            return new ObligationJson(
                    owed.key(),
                    row.releaseKey().orElse(null),
                    owed.system().orElse(null),
                    owed.kind().name(),
                    owed.statement(),
                    owed.owner().group(),
                    owed.person().orElse(null),
                    row.openedAt(),
                    owed.due(),
                    owed.blocksClosure(),
                    row.obligation().fulfilledAt().orElse(null),
                    row.fulfilledBy().orElse(null),
                    row.obligation().evidence().orElse(null));
        }
    }

    /** What a program says that shows that an obligation is fulfilled. */
    record Fulfilment(@Nullable String key, @Nullable String evidence) {}

    /** Obligations of the systems that the caller may read, those due first before the others. */
    @GetMapping("/api/v1/obligations")
    Paging<ObligationJson> list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String system,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size,
            Viewer viewer) {
        return Paging.of(
                register.list(
                        new ObligationFilter(state, kind, system, owner),
                        new Reader(viewer.person(), viewer.groups()),
                        PageRequest.of(Paging.page(page), Paging.size(size))),
                ObligationJson::of);
    }

    /** What is owed because of a release, open ones first. */
    @GetMapping("/api/v1/releases/{key}/obligations")
    List<ObligationJson> of(@PathVariable String key, Viewer viewer) {
        return register.rows(desk.get(key, new Reader(viewer.person(), viewer.groups()))).stream()
                .map(ObligationJson::of)
                .toList();
    }

    /** Fulfils an obligation in the name of the caller, with what shows it. */
    @PostMapping("/api/v1/obligations/fulfilment")
    ObligationJson fulfil(@RequestBody Fulfilment fulfilment, Viewer viewer) {
        String key = fulfilment.key();
        if (key == null) {
            throw new Refused("key", "'key' is missing.");
        }
        String evidence = fulfilment.evidence();
        register.settle(key, viewer.person(), evidence == null ? "" : evidence);
        return register.row(key).map(ObligationJson::of).orElseThrow(() -> new NotFound("obligation", key));
    }
}
