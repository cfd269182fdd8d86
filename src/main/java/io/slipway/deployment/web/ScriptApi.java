package io.slipway.deployment.web;

import io.slipway.deployment.scripts.ScriptRun;
import io.slipway.deployment.scripts.Scripts;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.security.Principal;
import java.util.List;
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

/** Scripts that lie ready in repositories, for programs. */
@RestController
class ScriptApi {

    private final Scripts scripts;
    private final Releases releases;

    ScriptApi(Scripts scripts, Releases releases) {
        this.scripts = scripts;
        this.releases = releases;
    }

    /** What a release runs and has run; {@code pin} is missing before somebody pinned it. */
    record ScriptsJson(Scripts.@Nullable Pin pin, List<ScriptRun> runs, List<String> obstacles) {}

    /** Which script is to be run where. */
    record RunEntry(ScriptRun.@Nullable Kind kind, @Nullable String environment) {}

    @GetMapping("/api/v1/scripts/{system}")
    Scripts.Rule rule(@PathVariable String system) {
        return scripts.rule(system).orElseThrow(() -> new NotFound("scripts of the system", system));
    }

    @PutMapping("/api/v1/scripts/{system}")
    Scripts.Rule enter(@PathVariable String system, @RequestBody Scripts.Rule rule, Principal principal) {
        return scripts.enter(system, rule, principal.getName());
    }

    @DeleteMapping("/api/v1/scripts/{system}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String system, Principal principal) {
        scripts.remove(system, principal.getName());
    }

    @GetMapping("/api/v1/releases/{key}/scripts")
    ScriptsJson scripts(@PathVariable String key, Principal principal) {
        Release release = release(key);
        List<ScriptRun> runs = scripts.runs(release, principal.getName());
        return new ScriptsJson(scripts.pinned(release).orElse(null), runs, scripts.obstacles(release));
    }

    @PostMapping("/api/v1/releases/{key}/scripts/pin")
    Scripts.Pin pin(@PathVariable String key, Principal principal) {
        return scripts.pin(release(key), principal.getName());
    }

    @PostMapping("/api/v1/releases/{key}/scripts/runs")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ScriptRun ask(@PathVariable String key, @RequestBody RunEntry entry, Principal principal) {
        return scripts.ask(release(key), entry.kind(), entry.environment(), principal.getName());
    }

    private Release release(String key) {
        return releases.find(key).orElseThrow(() -> new NotFound("release", key));
    }
}
