package io.slipway.governance.web;

import io.slipway.governance.adherence.AdherenceReviews;
import io.slipway.governance.adherence.Deviation.Rule;
import io.slipway.governance.adherence.Finding;
import io.slipway.platform.web.Paging;
import io.slipway.release.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What the reviews of ended releases found. */
@Controller
class AdherencePages {

    private static final int SIZE = 25;

    private final AdherenceReviews reviews;

    AdherencePages(AdherenceReviews reviews) {
        this.reviews = reviews;
    }

    /** A finding; its key is that of the obligation that corrects it. Who did it is told by name, where it is somebody's deed. */
    record FindingJson(
            String key,
            String release,
            String system,
            String rule,
            String sentence,
            String evidence,
            @Nullable String who,
            @Nullable Instant happenedAt,
            Instant foundAt,
            @Nullable Instant correctedAt) {

        static FindingJson of(Finding finding) {
            return new FindingJson(
                    finding.key(),
                    finding.release(),
                    finding.system(),
                    finding.rule().name(),
                    finding.sentence(),
                    finding.evidence(),
                    finding.who().orElse(null),
                    finding.happenedAt().orElse(null),
                    finding.foundAt(),
                    finding.correctedAt().orElse(null));
        }
    }

    /** Findings, the newest first, of one rule or of all. */
    @GetMapping("/api/v1/adherence")
    @ResponseBody
    Paging<FindingJson> list(
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "25") int size) {
        return Paging.of(
                reviews.list(rule(rule), PageRequest.of(Paging.page(page), Paging.size(size))), FindingJson::of);
    }

    @GetMapping("/adherence")
    String page(@RequestParam(defaultValue = "") String rule, @RequestParam(defaultValue = "0") int page, Model model) {
        model.addAttribute("rows", reviews.list(rule(rule), PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("rules", Rule.values());
        model.addAttribute("rule", rule);
        return "governance/adherence";
    }

    private static Optional<Rule> rule(String name) {
        if (name.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Rule.values())
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new Refused("rule", "'rule' must be one of " + Arrays.toString(Rule.values()) + ".")));
    }
}
