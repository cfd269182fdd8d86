package io.slipway.deployment.web;

import io.slipway.deployment.rehearsal.Rehearsals;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.security.Principal;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rehearsals of migrations, for programs. */
@RestController
class RehearsalApi {

    private final Rehearsals rehearsals;
    private final Releases releases;

    RehearsalApi(Rehearsals rehearsals, Releases releases) {
        this.rehearsals = rehearsals;
        this.releases = releases;
    }

    /** Hands in SQL from which clones of the production data of a system are made. */
    @PutMapping(value = "/api/v1/migrations/{system}/data", consumes = "text/plain")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void data(@PathVariable String system, @RequestBody String sql, Principal principal) {
        rehearsals.enterData(system, sql, principal.getName());
    }

    @GetMapping("/api/v1/releases/{key}/migrations")
    Rehearsals.Done last(@PathVariable String key, Principal principal) {
        return rehearsals.required(release(key), principal.getName());
    }

    @PostMapping("/api/v1/releases/{key}/migrations/rehearse")
    Rehearsals.Done rehearse(@PathVariable String key, Principal principal) {
        return rehearsals.rehearse(release(key), principal.getName());
    }

    @PostMapping("/api/v1/releases/{key}/migrations/approve")
    Rehearsals.Done approve(@PathVariable String key, Principal principal) {
        return rehearsals.approve(release(key), principal.getName());
    }

    private Release release(String key) {
        return releases.find(key).orElseThrow(() -> new NotFound("release", key));
    }
}
