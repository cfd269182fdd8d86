package io.slipway.quality.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.quality.environments.EnvironmentRefresh;
import io.slipway.quality.environments.EnvironmentRefreshes;
import io.slipway.quality.environments.MaskingReport;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Refreshes of environments for programs. */
@RestController
@RequestMapping("/api/v1/refreshes")
class RefreshApi {

    private final EnvironmentRefreshes refreshes;

    RefreshApi(EnvironmentRefreshes refreshes) {
        this.refreshes = refreshes;
    }

    /** A refresh as a program begins it; the figures are percent of what production has. */
    record Begun(
            @Nullable String system,
            @Nullable String environment,
            @Nullable String sourceVersion,
            @Nullable List<String> masked,
            @Nullable List<String> references,
            @Nullable Integer configuration,
            @Nullable Integer topology,
            @Nullable Integer load) {

        EnvironmentRefresh.Declared declared() {
            return new EnvironmentRefresh.Declared(
                    ExemptionApi.given("sourceVersion", sourceVersion),
                    ExemptionApi.given("masked", masked),
                    references == null ? List.of() : references,
                    ExemptionApi.given("configuration", configuration),
                    ExemptionApi.given("topology", topology),
                    ExemptionApi.given("load", load));
        }
    }

    /** Tables of production and of the clone, as CSV. */
    record Tables(@Nullable List<EnvironmentRefreshes.Table> tables) {}

    /** All refreshes, the last first. */
    @GetMapping
    Paging<EnvironmentRefresh> list(
            @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(refreshes.list(PageRequest.of(Paging.page(page), Paging.size(size))), refresh -> refresh);
    }

    /** Begins a refresh; its task waits in Tasklist. */
    @PostMapping
    ResponseEntity<EnvironmentRefresh> begin(@RequestBody Begun begun, Viewer viewer) {
        refreshes.requireKeeper(viewer.person());
        EnvironmentRefresh refresh = refreshes.begin(
                ExemptionApi.given("system", begun.system()),
                ExemptionApi.given("environment", begun.environment()),
                begun.declared(),
                viewer.person());
        return ResponseEntity.created(URI.create("/api/v1/refreshes")).body(refresh);
    }

    /** Checks the tables of a clone; they are forgotten at once. */
    @PostMapping("/{number}/tables")
    MaskingReport check(@PathVariable long number, @RequestBody Tables handed, Viewer viewer) {
        refreshes.requireKeeper(viewer.person());
        return refreshes.check(number, ExemptionApi.given("tables", handed.tables()), viewer.person());
    }
}
