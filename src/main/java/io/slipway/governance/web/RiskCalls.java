package io.slipway.governance.web;

import io.slipway.governance.risk.RiskLevel;
import io.slipway.governance.risk.Risks;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The risk of a release: what it is and why, and where people set it apart from what was computed. */
@Controller
class RiskCalls {

    private final ReleaseDesk desk;
    private final Risks risks;

    RiskCalls(ReleaseDesk desk, Risks risks) {
        this.desk = desk;
        this.risks = risks;
    }

    /** The risk that counts, the one that was computed, and why. */
    record RiskJson(@Nullable String level, @Nullable String computed, List<String> reasons, boolean loweringAsked) {}

    /** Another level with its reason. */
    record LevelJson(@Nullable String level, @Nullable String reason) {}

    /** Whether the risk is lowered. */
    record LoweringJson(@Nullable Boolean accept) {}

    @GetMapping("/api/v1/releases/{key}/risk")
    @ResponseBody
    RiskJson risk(@PathVariable String key, Viewer viewer) {
        return json(release(key, viewer));
    }

    /** Raises the risk at once, or asks to lower it. */
    @PostMapping("/api/v1/releases/{key}/risk")
    @ResponseBody
    RiskJson set(@PathVariable String key, @RequestBody LevelJson asked, Viewer viewer) {
        Release release = release(key, viewer);
        set(release, asked.level(), asked.reason(), viewer);
        return json(release);
    }

    /** Decides as the second person whether the risk is lowered. */
    @PostMapping("/api/v1/releases/{key}/risk/lowering")
    @ResponseBody
    RiskJson lower(@PathVariable String key, @RequestBody LoweringJson decided, Viewer viewer) {
        Release release = release(key, viewer);
        risks.decideLowering(release, Boolean.TRUE.equals(decided.accept()), viewer.person());
        return json(release);
    }

    @PostMapping("/releases/{key}/risk")
    String set(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        set(release(key, viewer), level, reason, viewer);
        redirect.addFlashAttribute("message", "The risk is set, or waits for a change authority where it is lower.");
        return "redirect:/releases/{key}";
    }

    @PostMapping("/releases/{key}/risk/lowering")
    String lower(
            @PathVariable String key,
            @RequestParam(defaultValue = "false") boolean accept,
            Viewer viewer,
            RedirectAttributes redirect) {
        risks.decideLowering(release(key, viewer), accept, viewer.person());
        redirect.addFlashAttribute("message", accept ? "The risk is lowered." : "The risk stays as it is.");
        return "redirect:/releases/{key}";
    }

    private void set(Release release, @Nullable String level, @Nullable String reason, Viewer viewer) {
        RiskLevel wanted = Arrays.stream(RiskLevel.values())
                .filter(known -> known.name().equals(level))
                .findFirst()
                .orElse(null);
        if (wanted == null) {
            risks.requireSetter(release, viewer.person());
            throw new Refused("level", "'level' must be LOW, MODERATE or HIGH.");
        }
        risks.set(release, wanted, reason == null ? "" : reason, viewer.person());
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }

    private RiskJson json(Release release) {
        return risks.standing(release)
                .map(standing -> new RiskJson(
                        standing.level().name(),
                        standing.computed().name(),
                        standing.reasons(),
                        standing.adjustment().filter(set -> set.waits()).isPresent()))
                .orElseGet(() -> new RiskJson(null, null, List.of(), false));
    }
}
