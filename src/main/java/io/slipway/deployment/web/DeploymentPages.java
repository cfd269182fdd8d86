package io.slipway.deployment.web;

import io.slipway.deployment.Deployments;
import io.slipway.release.NotFound;
import io.slipway.release.Refused;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the panel on the page of a release asks for. */
@Controller
class DeploymentPages {

    private final Deployments deployments;
    private final Releases releases;

    DeploymentPages(Deployments deployments, Releases releases) {
        this.deployments = deployments;
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
}
