package io.slipway.packaging.web;

import io.slipway.integration.contracts.Contract;
import io.slipway.packaging.contracts.Contracts;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Environment;
import io.slipway.release.Landscape;
import io.slipway.release.Reader;
import io.slipway.release.Refused;
import io.slipway.release.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The contract register, and what it says of an order of deployments. */
@Controller
class ContractPages {

    private static final int SIZE = 25;
    private static final String BACK = "redirect:/contracts";

    private final Contracts contracts;
    private final Landscape landscape;
    private final People people;

    ContractPages(Contracts contracts, Landscape landscape, People people) {
        this.contracts = contracts;
        this.landscape = landscape;
        this.people = people;
    }

    @GetMapping("/contracts")
    String list(
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "") String order,
            Viewer viewer,
            Model model) {
        Page<Contract> found = contracts.list(PageRequest.of(Paging.page(page), SIZE));
        model.addAttribute("contracts", found);
        model.addAttribute(
                "names", people.names(found.stream().map(Contract::enteredBy).toList()));
        model.addAttribute("systems", landscape.systems());
        model.addAttribute("order", order);
        model.addAttribute("mayEnter", new Reader(viewer.person(), viewer.groups()).has(Role.QA, Role.DEVELOPER));
        if (!order.isBlank()) {
            try {
                model.addAttribute(
                        "answer", contracts.check(Environment.Tier.PRODUCTION, steps(order), Optional.empty()));
            } catch (Refused refused) {
                model.addAttribute("refusal", refused.getMessage());
            }
        }
        return "packaging/contracts";
    }

    private static List<Contracts.Step> steps(String order) {
        List<Contracts.Step> steps = new ArrayList<>();
        for (String line : order.lines().filter(line -> !line.isBlank()).toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length != 2) {
                throw new Refused(
                        "order", "Each line of the order has a system and a version, such as 'storefront 2.4.0'.");
            }
            steps.add(new Contracts.Step(words[0], words[1]));
        }
        return steps;
    }

    @PostMapping("/contracts")
    String enter(
            @RequestParam(defaultValue = "") String consumer,
            @RequestParam(defaultValue = "") String consumerFrom,
            @RequestParam(defaultValue = "") String consumerBelow,
            @RequestParam(defaultValue = "") String provider,
            @RequestParam(defaultValue = "") String providerFrom,
            @RequestParam(defaultValue = "") String providerBelow,
            @RequestParam(required = false) @Nullable Boolean works,
            @RequestParam(defaultValue = "") String evidence,
            Viewer viewer,
            RedirectAttributes told) {
        try {
            if (works == null) {
                throw new Refused("works", "Please say under 'Result' whether they work together.");
            }
            Contract entered = contracts.enter(
                    new Contract.NewContract(
                            consumer.strip(),
                            consumerFrom.strip(),
                            given(consumerBelow),
                            provider.strip(),
                            providerFrom.strip(),
                            given(providerBelow),
                            works,
                            evidence.strip()),
                    viewer.person());
            told.addFlashAttribute("message", "Contract " + entered.id() + " was entered.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return BACK;
    }

    @PostMapping("/contracts/retire")
    String retire(@RequestParam(defaultValue = "0") long id, Viewer viewer, RedirectAttributes told) {
        try {
            contracts.retire(id, viewer.person());
            told.addFlashAttribute("message", "Contract " + id + " is not in use any more.");
        } catch (Refused refused) {
            told.addFlashAttribute("refusal", refused.getMessage());
        }
        return BACK;
    }

    private static Optional<String> given(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }
}
