package io.slipway.deployment.web;

import io.slipway.deployment.rehearsal.Rehearsals;
import io.slipway.deployment.scripts.ScriptRun;
import io.slipway.deployment.scripts.Scripts;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.NotFound;
import io.slipway.release.Permissions;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import io.slipway.release.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of a release on which its scripts are pinned and run, and its migrations are rehearsed. */
@Controller
class PreparationPages {

    private final Scripts scripts;
    private final Rehearsals rehearsals;
    private final Releases releases;
    private final Landscape landscape;
    private final Permissions permissions;
    private final People people;

    PreparationPages(
            Scripts scripts,
            Rehearsals rehearsals,
            Releases releases,
            Landscape landscape,
            Permissions permissions,
            People people) {
        this.scripts = scripts;
        this.rehearsals = rehearsals;
        this.releases = releases;
        this.landscape = landscape;
        this.permissions = permissions;
        this.people = people;
    }

    @GetMapping("/releases/{key}/preparation")
    String page(@PathVariable String key, Viewer viewer, Model model) {
        Release release = release(key);
        String person = viewer.person();
        List<ScriptRun> runs = scripts.runs(release, person);
        Optional<Scripts.Pin> pin = scripts.pinned(release);
        Optional<Rehearsals.Done> rehearsal = rehearsals.last(release, person);
        List<Scripts.Reading> readings = scripts.readings(release, person);
        Reader reader = permissions.reader(person);
        List<String> places = landscape.environments(release.system()).stream()
                .map(Environment::key)
                .filter(place -> reader.hasIn(release.system(), place, Role.OPERATIONS, Role.DEPLOYER))
                .toList();
        Set<String> named = new HashSet<>();
        runs.forEach(run -> named.add(run.askedBy()));
        pin.ifPresent(pinned -> named.add(pinned.pinnedBy()));
        readings.forEach(reading -> named.add(reading.person()));
        rehearsal.ifPresent(done -> {
            named.add(done.askedBy());
            Stream.ofNullable(done.approvedBy()).forEach(named::add);
        });
        model.addAttribute("release", release);
        model.addAttribute("rule", scripts.rule(release.system()).orElse(null));
        model.addAttribute("pin", pin.orElse(null));
        model.addAttribute("runs", runs);
        model.addAttribute("readings", readings);
        model.addAttribute("scriptObstacles", scripts.obstacles(release));
        model.addAttribute("rehearsal", rehearsal.orElse(null));
        model.addAttribute("rehearsalObstacles", rehearsals.obstacles(release));
        model.addAttribute("places", places);
        model.addAttribute("names", people.names(named));
        model.addAttribute("mayPin", permissions.holds(release, person, Role.OPERATIONS, Role.DEPLOYER));
        model.addAttribute("mayRehearse", permissions.holds(release, person, Role.DEVELOPER, Role.DBA));
        model.addAttribute(
                "mayAccept",
                rehearsal
                                .filter(done -> done.passed() && done.approvedBy() == null)
                                .isPresent()
                        && permissions.holds(release, person, Role.DBA));
        return "deployment/preparation";
    }

    @PostMapping("/releases/{key}/scripts/pin")
    String pin(@PathVariable String key, Viewer viewer, RedirectAttributes told) {
        Release release = release(key);
        return done(key, told, () -> scripts.pin(release, viewer.person()), "The scripts are pinned.");
    }

    @PostMapping("/releases/{key}/scripts/runs")
    String run(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String environment,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key);
        return done(
                key,
                told,
                () -> scripts.ask(
                        release,
                        kind.equals("ROLLBACK") ? ScriptRun.Kind.ROLLBACK : ScriptRun.Kind.DEPLOY,
                        environment.isEmpty() ? null : environment,
                        viewer.person()),
                "The script runs as soon as a worker is free.");
    }

    @PostMapping("/releases/{key}/migrations/rehearse")
    String rehearse(@PathVariable String key, Viewer viewer, RedirectAttributes told) {
        Release release = release(key);
        return done(key, told, () -> rehearsals.rehearse(release, viewer.person()), "The migrations were rehearsed.");
    }

    @PostMapping("/releases/{key}/migrations/approve")
    String accept(@PathVariable String key, Viewer viewer, RedirectAttributes told) {
        Release release = release(key);
        return done(key, told, () -> rehearsals.approve(release, viewer.person()), "The rehearsal is accepted.");
    }

    private static String done(String key, RedirectAttributes told, Runnable deed, String sentence) {
        try {
            deed.run();
            told.addFlashAttribute("message", sentence);
        } catch (io.slipway.release.NotPermitted e) {
            throw e;
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key + "/preparation";
    }

    private Release release(String key) {
        return releases.find(key).orElseThrow(() -> new NotFound("release", key));
    }
}
