package io.slipway.scope.web;

import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseClass;
import io.slipway.release.ReleaseDesk;
import io.slipway.scope.Assumptions;
import io.slipway.scope.ClassOverrides;
import io.slipway.scope.ExitCriteria;
import io.slipway.scope.ExitWaivers;
import io.slipway.scope.ItemsRefused;
import io.slipway.scope.Scopes;
import io.slipway.scope.StandardChangeTemplates;
import io.slipway.scope.SuccessMetrics;
import io.slipway.scope.TradeOffs;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes the file of items from the page of a release, and shows further pages of its items. */
@Controller
class ScopePages {

    /** More faults than these are counted and not listed; whoever mends the first hundred sees the next. */
    private static final int LISTED = 100;

    private final ReleaseDesk desk;
    private final Scopes scopes;
    private final TradeOffs tradeOffs;
    private final ScopePanel panel;
    private final ScopeDetails details;
    private final ClassOverrides overrides;
    private final ExitWaivers waivers;
    private final StandardChangeTemplates templates;
    private final ExitCriteria criteria;
    private final Assumptions assumptions;
    private final SuccessMetrics metrics;

    ScopePages(
            ReleaseDesk desk,
            Scopes scopes,
            TradeOffs tradeOffs,
            ScopePanel panel,
            ScopeDetails details,
            Assumptions assumptions,
            SuccessMetrics metrics,
            ClassOverrides overrides,
            StandardChangeTemplates templates,
            ExitWaivers waivers,
            ExitCriteria criteria) {
        this.overrides = overrides;
        this.templates = templates;
        this.waivers = waivers;
        this.criteria = criteria;
        this.assumptions = assumptions;
        this.metrics = metrics;
        this.details = details;
        this.tradeOffs = tradeOffs;
        this.desk = desk;
        this.scopes = scopes;
        this.panel = panel;
    }

    @GetMapping("/releases/{key}/scope")
    String items(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = release(key, viewer);
        model.addAttribute("release", release);
        model.addAllAttributes(panel.model(release, viewer.person(), Paging.page(page)));
        model.addAllAttributes(details.model(release, viewer.person()));
        return "scope/page";
    }

    @PostMapping("/releases/{key}/scope/items")
    String handIn(@PathVariable String key, @RequestParam MultipartFile file, Viewer viewer, RedirectAttributes told)
            throws IOException {
        Release release = release(key, viewer);
        try {
            int taken = scopes.importItems(release, viewer.person(), bytes(file));
            told.addFlashAttribute(
                    "message",
                    (taken == 1 ? "One item was" : taken + " items were")
                            + " taken. Please complete the task 'Supply items' when nothing is missing.");
        } catch (ItemsRefused refused) {
            told.addFlashAttribute("refusal", "The file was not taken; please mend what is listed under 'Scope'.");
            told.addFlashAttribute("scopeFaults", listed(refused.faults()));
        }
        return "redirect:/releases/" + release.key() + "#scope";
    }

    @PostMapping("/releases/{key}/scope/terms")
    String setTerms(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String capacity,
            @RequestParam(defaultValue = "") String target,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> scopes.setTerms(release, viewer.person(), Typed.number(capacity), Typed.day("target", target)),
                "The capacity is kept; the next proposal keeps to it.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/trade-offs")
    String openTradeOff(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String needed,
            @RequestParam(defaultValue = "") String cause,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Set<String> keys = keys(needed);
        Typed.refusing(
                told,
                () -> tradeOffs.request(release, viewer.person(), keys, cause),
                "The trade-off is opened; the owners of the items are asked.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/assumptions")
    String declareAssumption(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String statement,
            @RequestParam(defaultValue = "") String party,
            @RequestParam(defaultValue = "") String validUntil,
            @RequestParam(defaultValue = "") String impact,
            @RequestParam(defaultValue = "") String probe,
            @RequestParam(defaultValue = "") String dependingTasks,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> assumptions.declare(
                        release,
                        viewer.person(),
                        new Assumptions.NewAssumption(
                                statement,
                                party,
                                Typed.endOfDay("validUntil", validUntil),
                                impact,
                                probe,
                                keys(dependingTasks))),
                "The assumption is kept and verified from now on.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/metrics")
    String promise(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String metric,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String formula,
            @RequestParam(defaultValue = "") String baseline,
            @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") String direction,
            @RequestParam(defaultValue = "") String source,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        metrics.requireMay(release, viewer.person());
        Typed.refusing(
                told,
                () -> metrics.declare(
                        release,
                        viewer.person(),
                        PromisesApi.metric(
                                metric,
                                new PromisesApi.MetricJson(name, formula, baseline, target, direction, source))),
                "The success metric is kept; the approval locks it.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/standard-change")
    String useStandardChange(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String template,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> templates.use(release, viewer.person(), template),
                "The release is made from the standard change.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/class")
    String askClass(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String releaseClass,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> overrides.ask(
                        release,
                        viewer.person(),
                        releaseClass.equals("MAJOR") ? ReleaseClass.MAJOR : ReleaseClass.MINOR,
                        reason),
                "The class is asked for; less care counts when a second person confirms it.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/class/confirmation")
    String confirmClass(@PathVariable String key, Viewer viewer, RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(told, () -> overrides.confirm(release, viewer.person()), "The class counts from now on.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/exit-criteria/waiver")
    String askWaiver(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String criterion,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String inItsPlace,
            @RequestParam(defaultValue = "") String until,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> waivers.ask(
                        release,
                        viewer.person(),
                        criterion,
                        release.releaseClass().isEmpty() ? List.of() : criteria.open(release),
                        reason,
                        inItsPlace,
                        Typed.endOfDay("until", until)),
                "The waiver is asked for; another person grants it.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    @PostMapping("/releases/{key}/scope/exit-criteria/waiver/grant")
    String grantWaiver(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String criterion,
            Viewer viewer,
            RedirectAttributes told) {
        Release release = release(key, viewer);
        Typed.refusing(
                told,
                () -> waivers.grant(release, viewer.person(), criterion),
                "The waiver is granted; what is owed is among the obligations.");
        return "redirect:/releases/" + release.key() + "/scope";
    }

    private static Set<String> keys(String text) {
        return Arrays.stream(text.split("[\\s,;]+", -1))
                .filter(one -> !one.isEmpty())
                .collect(Collectors.toSet());
    }

    private static List<String> listed(List<ItemsRefused.Fault> faults) {
        List<String> lines = new ArrayList<>(
                faults.stream().limit(LISTED).map(ItemsRefused.Fault::toString).toList());
        if (faults.size() > LISTED) {
            lines.add("and " + (faults.size() - LISTED) + " more");
        }
        return lines;
    }

    private Release release(String key, Viewer viewer) {
        return desk.get(key, new Reader(viewer.person(), viewer.groups()));
    }

    /** What is needed to take the file or to see that it is too large. */
    static byte[] bytes(MultipartFile file) throws IOException {
        try (InputStream in = file.getInputStream()) {
            return in.readNBytes(Scopes.MOST_BYTES + 1);
        }
    }
}
