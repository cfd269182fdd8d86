package io.slipway.scope.web;

import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.StandardChanges;
import io.slipway.scope.ClassOverrides;
import io.slipway.scope.ExitCriteria;
import io.slipway.scope.ExitWaivers;
import io.slipway.scope.ScopeDrift;
import io.slipway.scope.ScopeRound;
import io.slipway.scope.Scopes;
import io.slipway.scope.StandardChangeTemplates;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The class of a release and why, waivers of its exit criteria, and what was committed besides its scope, for programs. */
@RestController
@RequestMapping("/api/v1/releases/{key}/scope")
class RigourApi {

    private final ReleaseDesk desk;
    private final Scopes scopes;
    private final ClassOverrides overrides;
    private final StandardChangeTemplates templates;
    private final ExitCriteria criteria;
    private final ExitWaivers waivers;
    private final ScopeDrift drift;

    RigourApi(
            ReleaseDesk desk,
            Scopes scopes,
            ClassOverrides overrides,
            StandardChangeTemplates templates,
            ExitCriteria criteria,
            ExitWaivers waivers,
            ScopeDrift drift) {
        this.desk = desk;
        this.scopes = scopes;
        this.overrides = overrides;
        this.templates = templates;
        this.criteria = criteria;
        this.waivers = waivers;
        this.drift = drift;
    }

    /**
     * The class and why.
     *
     * @param rule the rule that fired
     * @param nearest the one fact that is nearest to another class
     * @param override another class that was asked for
     * @param standardChange the template that covers the release
     */
    record ClassJson(
            @Nullable ReleaseClass releaseClass,
            @Nullable String rule,
            @Nullable String nearest,
            @Nullable Integer table,
            ClassOverrides.@Nullable Reclassification override,
            StandardChanges.@Nullable Covering standardChange) {}

    /** Another class that is wanted. */
    record WantedClassJson(
            @Nullable String releaseClass, @Nullable String reason) {}

    /** A waiver that is asked for. */
    record WaiverJson(
            @Nullable String reason,
            @Nullable String inItsPlace,
            @Nullable Instant until) {}

    /** The class of the release, the rule that gave it, and what would change it. */
    @GetMapping("/class")
    ClassJson releaseClass(@PathVariable String key, Viewer viewer) {
        return answer(release(key, viewer));
    }

    /** Asks for another class; less care counts only when a second person confirms it. */
    @PostMapping("/class")
    ClassJson askClass(@PathVariable String key, @RequestBody WantedClassJson wanted, Viewer viewer) {
        Release release = release(key, viewer);
        overrides.ask(
                release,
                viewer.person(),
                "MAJOR".equals(wanted.releaseClass())
                        ? ReleaseClass.MAJOR
                        : "MINOR".equals(wanted.releaseClass()) ? ReleaseClass.MINOR : ReleaseClass.EMERGENCY,
                wanted.reason() == null ? "" : wanted.reason());
        return answer(release(key, viewer));
    }

    /** Confirms less care. */
    @PostMapping("/class/confirmation")
    ClassJson confirmClass(@PathVariable String key, Viewer viewer) {
        overrides.confirm(release(key, viewer), viewer.person());
        return answer(release(key, viewer));
    }

    /** The waivers of the present round. */
    @GetMapping("/exit-criteria/waivers")
    List<ExitWaivers.Waiver> waivers(@PathVariable String key, Viewer viewer) {
        return waivers.of(release(key, viewer));
    }

    /** Asks that an open criterion be waived. */
    @PostMapping("/exit-criteria/{criterion}/waiver")
    List<ExitWaivers.Waiver> askWaiver(
            @PathVariable String key, @PathVariable String criterion, @RequestBody WaiverJson wanted, Viewer viewer) {
        Release release = release(key, viewer);
        waivers.ask(
                release,
                viewer.person(),
                criterion,
                release.releaseClass().isEmpty() ? List.of() : criteria.open(release),
                wanted.reason() == null ? "" : wanted.reason(),
                wanted.inItsPlace() == null ? "" : wanted.inItsPlace(),
                wanted.until() == null ? Instant.EPOCH : wanted.until());
        return waivers.of(release);
    }

    /** Grants a waiver that another person asked for. */
    @PostMapping("/exit-criteria/{criterion}/waiver/grant")
    List<ExitWaivers.Waiver> grantWaiver(@PathVariable String key, @PathVariable String criterion, Viewer viewer) {
        Release release = release(key, viewer);
        waivers.grant(release, viewer.person(), criterion);
        return waivers.of(release);
    }

    /** What was committed and is not in the scope, and the other way round; computed now. */
    @GetMapping("/drift")
    ScopeDrift.Difference drift(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String until,
            Viewer viewer) {
        return drift.of(release(key, viewer), said(since), said(until));
    }

    private static Optional<String> said(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        if (text.length() > 200) {
            throw new Refused("since", "A revision has at most 200 characters.");
        }
        return Optional.of(text.strip());
    }

    private ClassJson answer(Release release) {
        Optional<ScopeRound> round = scopes.latest(release);
        return new ClassJson(
                release.releaseClass().orElse(null),
                round.flatMap(ScopeRound::classRule).orElse(null),
                round.flatMap(ScopeRound::classNearest).orElse(null),
                round.flatMap(ScopeRound::classTable).orElse(null),
                overrides.of(release).orElse(null),
                templates.covering(release).orElse(null));
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }
}
