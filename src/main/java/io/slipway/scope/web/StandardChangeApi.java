package io.slipway.scope.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.StandardChanges;
import io.slipway.scope.StandardChangeTemplates;
import io.slipway.scope.StandardChangeTemplates.NewTemplate;
import io.slipway.scope.StandardChangeTemplates.Template;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Templates of standard changes for programs. */
@RestController
@RequestMapping("/api/v1/standard-changes")
class StandardChangeApi {

    private final StandardChangeTemplates templates;
    private final ReleaseDesk desk;

    StandardChangeApi(StandardChangeTemplates templates, ReleaseDesk desk) {
        this.desk = desk;
        this.templates = templates;
    }

    /** A template as it is proposed. */
    record TemplateJson(
            @Nullable String name,
            @Nullable String system,
            @Nullable String plan,
            @Nullable Integer mostItems,
            @Nullable Integer mostEffort,
            @Nullable Integer mostRisk,
            @Nullable Instant expiresAt) {

        NewTemplate read(String key) {
            return new NewTemplate(
                    key,
                    name == null ? "" : name,
                    system == null ? "" : system,
                    plan == null ? "" : plan,
                    mostItems == null ? -1 : mostItems,
                    mostEffort == null ? -1 : mostEffort,
                    mostRisk == null ? -1 : mostRisk,
                    expiresAt == null ? Instant.EPOCH : expiresAt);
        }
    }

    /** Why a template is suspended. */
    record ReasonJson(@Nullable String reason) {}

    /** A page of the templates. */
    @GetMapping
    Paging<Template> list(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "25") int size) {
        return Paging.of(templates.list(PageRequest.of(Paging.page(page), Paging.size(size))), template -> template);
    }

    /** Proposes a template, or another content for one. */
    @PutMapping("/{template}")
    Template propose(@PathVariable String template, @RequestBody TemplateJson wanted, Viewer viewer) {
        templates.propose(viewer.person(), wanted.read(template));
        return templates.get(template);
    }

    /** Approves a template. */
    @PostMapping("/{template}/approval")
    Template approve(@PathVariable String template, Viewer viewer) {
        templates.approve(viewer.person(), template);
        return templates.get(template);
    }

    /** How a release stands to the template that it is made from. */
    record UseJson(
            String template,
            int version,
            List<String> approvedBy,
            Instant until,
            boolean holds,
            List<String> failures) {

        static UseJson of(StandardChanges.Claim claim) {
            return new UseJson(
                    claim.template(),
                    claim.version(),
                    claim.approvedBy(),
                    claim.until(),
                    claim.holds(),
                    claim.failures());
        }
    }

    /** Makes a release from a template. */
    @PostMapping("/{template}/releases/{release}")
    UseJson use(@PathVariable String template, @PathVariable String release, Viewer viewer) {
        Release made = desk.get(release, new Reader(viewer.person(), viewer.groups()));
        templates.use(made, viewer.person(), template);
        return UseJson.of(templates.claim(made).orElseThrow());
    }

    /** Suspends a template. */
    @PostMapping("/{template}/suspension")
    Template suspend(@PathVariable String template, @RequestBody ReasonJson reason, Viewer viewer) {
        templates.suspend(viewer.person(), template, reason.reason() == null ? "" : reason.reason());
        return templates.get(template);
    }
}
