package io.slipway.quality.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.quality.environments.EnvironmentRefreshes;
import io.slipway.quality.exemptions.Exemptions;
import io.slipway.release.Reader;
import java.time.Clock;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows what quality assurance owes over all releases, and how alike the environments before production are. */
@Controller
class OverviewPage {

    private static final int SIZE = 25;

    private final Exemptions exemptions;
    private final EnvironmentRefreshes refreshes;
    private final Clock clock;

    OverviewPage(Exemptions exemptions, EnvironmentRefreshes refreshes, Clock clock) {
        this.exemptions = exemptions;
        this.refreshes = refreshes;
        this.clock = clock;
    }

    @GetMapping("/quality")
    String overview(@RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        model.addAttribute(
                "rows",
                exemptions.owed(new Reader(viewer.person(), viewer.groups()), PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("refreshes", refreshes.list(PageRequest.of(0, SIZE)));
        model.addAttribute("now", clock.instant());
        return "quality/overview";
    }
}
