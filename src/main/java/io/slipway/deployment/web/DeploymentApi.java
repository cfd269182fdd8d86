package io.slipway.deployment.web;

import io.slipway.deployment.Deployments;
import io.slipway.deployment.traffic.TrafficLook;
import io.slipway.deployment.traffic.TrafficWatch;
import io.slipway.release.NotFound;
import io.slipway.release.Release;
import io.slipway.release.Releases;
import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Deployments for programs, with the rights that the caller has on the pages. */
@RestController
@RequestMapping("/api/v1/releases/{key}/deployment")
class DeploymentApi {

    private static final int MOST_LOOKS = 200;

    private final Deployments deployments;
    private final TrafficWatch watch;
    private final Releases releases;

    DeploymentApi(Deployments deployments, TrafficWatch watch, Releases releases) {
        this.deployments = deployments;
        this.watch = watch;
        this.releases = releases;
    }

    @GetMapping
    List<DeploymentRow> list(@PathVariable String key, Principal principal) {
        return deployments.of(release(key), principal.getName()).stream()
                .map(DeploymentRow::of)
                .toList();
    }

    /** The newest looks at the traffic of the new version in production, the newest first. */
    @GetMapping("/traffic")
    List<TrafficLook> traffic(@PathVariable String key, Principal principal) {
        return watch.of(release(key), principal.getName(), MOST_LOOKS);
    }

    @PostMapping("/settle")
    List<DeploymentRow> settle(@PathVariable String key, Principal principal) {
        deployments.settle(release(key), principal.getName());
        return list(key, principal);
    }

    private Release release(String key) {
        return releases.find(key).orElseThrow(() -> new NotFound("release", key));
    }
}
