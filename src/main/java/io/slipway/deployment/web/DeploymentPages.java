package io.slipway.deployment.web;

import io.slipway.deployment.Deployments;
import io.slipway.deployment.cutover.CutOvers;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the panel on the page of a release asks for. */
@Controller
class DeploymentPages {

    private final Deployments deployments;
    private final CutOvers cutOvers;
    private final Releases releases;
    private final Clock clock;

    DeploymentPages(Deployments deployments, CutOvers cutOvers, Releases releases, Clock clock) {
        this.deployments = deployments;
        this.cutOvers = cutOvers;
        this.clock = clock;
        this.releases = releases;
    }

    @PostMapping("/releases/{key}/deployment/settle")
    String settle(@PathVariable String key, Principal principal, RedirectAttributes redirect) {
        Release release = releases.find(key).orElseThrow(() -> new NotFound("release", key));
        try {
            deployments.settle(release, principal.getName());
            redirect.addFlashAttribute("message", "Everything in doubt was probed; nothing was sent.");
        } catch (Refused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key;
    }

    /** Records that the time to live was lowered just now. */
    @PostMapping("/releases/{key}/cut-over/lowered")
    String lowered(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") long seen,
            Principal principal,
            RedirectAttributes redirect) {
        Release release = releases.find(key).orElseThrow(() -> new NotFound("release", key));
        try {
            cutOvers.recordLowered(release, Duration.ofSeconds(seen), clock.instant(), principal.getName());
            redirect.addFlashAttribute("message", "Recorded; the switch is refused until the old time has passed.");
        } catch (Refused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key;
    }
}
