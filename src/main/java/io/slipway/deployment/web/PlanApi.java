package io.slipway.deployment.web;

import io.slipway.deployment.DeploymentPlan;
import io.slipway.deployment.ProductionPlans;
import io.slipway.deployment.cutover.CutOverPlan;
import io.slipway.deployment.cutover.CutOvers;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How a release is going to reach production, for programs: pattern with reasons, plan, cut-over. */
@RestController
class PlanApi {

    private final ProductionPlans plans;
    private final CutOvers cutOvers;
    private final Permissions permissions;
    private final Releases releases;

    PlanApi(ProductionPlans plans, CutOvers cutOvers, Permissions permissions, Releases releases) {
        this.plans = plans;
        this.cutOvers = cutOvers;
        this.permissions = permissions;
        this.releases = releases;
    }

    /** The plan for production; {@code plan} is missing while no package is sealed. */
    record PlanJson(ProductionPlans.Choice choice, @Nullable DeploymentPlan plan) {}

    /** A name as a program hands it in. */
    record NameEntry(
            @Nullable String name,
            @Nullable Duration ttl,
            @Nullable Duration lowered) {}

    /** What somebody has seen. */
    record LoweredEntry(@Nullable Duration seen, @Nullable Instant loweredAt) {}

    @GetMapping("/api/v1/releases/{key}/deployment/plan")
    PlanJson plan(@PathVariable String key, Principal principal) {
        Release release = release(key);
        permissions.requireRead(release, principal.getName());
        return new PlanJson(plans.choice(release), plans.present(release).orElse(null));
    }

    @GetMapping("/api/v1/releases/{key}/cut-over")
    CutOverPlan cutOver(@PathVariable String key, Principal principal) {
        return cutOvers.plan(release(key), principal.getName());
    }

    @PostMapping("/api/v1/releases/{key}/cut-over/lowered")
    CutOverPlan lowered(@PathVariable String key, @RequestBody LoweredEntry entry, Principal principal) {
        return cutOvers.recordLowered(release(key), entry.seen(), entry.loweredAt(), principal.getName());
    }

    @GetMapping("/api/v1/cut-over/{system}")
    CutOverPlan.Name name(@PathVariable String system) {
        return cutOvers.name(system).orElseThrow(() -> new NotFound("name of the system", system));
    }

    @PutMapping("/api/v1/cut-over/{system}")
    CutOverPlan.Name enter(@PathVariable String system, @RequestBody NameEntry entry, Principal principal) {
        return cutOvers.enter(system, entry.name(), entry.ttl(), entry.lowered(), principal.getName());
    }

    @DeleteMapping("/api/v1/cut-over/{system}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String system, Principal principal) {
        cutOvers.remove(system, principal.getName());
    }

    private Release release(String key) {
        return releases.find(key).orElseThrow(() -> new NotFound("release", key));
    }
}
