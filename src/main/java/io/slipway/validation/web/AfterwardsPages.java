package io.slipway.validation.web;

import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.security.People;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Obligations.Obligation;
import io.slipway.release.Reader;
import io.slipway.release.Release;
import io.slipway.release.ReleaseDesk;
import io.slipway.release.Role;
import io.slipway.validation.closing.Closing;
import io.slipway.validation.closing.ClosureRecords;
import io.slipway.validation.feedback.Feedback;
import io.slipway.validation.operability.Operability;
import io.slipway.validation.review.Lessons;
import io.slipway.validation.review.Reviews;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What follows a release in production: its feedback, what operations has to bring up to date, its closure and its review. */
@Controller
class AfterwardsPages {

    private static final int SIZE = 25;

    private final ReleaseDesk desk;
    private final Closing closing;
    private final ClosureRecords records;
    private final Reviews reviews;
    private final Lessons lessons;
    private final Feedback feedback;
    private final Operability operability;
    private final People people;

    AfterwardsPages(
            ReleaseDesk desk,
            Closing closing,
            ClosureRecords records,
            Reviews reviews,
            Lessons lessons,
            Feedback feedback,
            Operability operability,
            People people) {
        this.desk = desk;
        this.closing = closing;
        this.records = records;
        this.reviews = reviews;
        this.lessons = lessons;
        this.feedback = feedback;
        this.operability = operability;
        this.people = people;
    }

    private Release release(String key, Viewer viewer, Model model) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        model.addAttribute("release", release);
        return release;
    }

    private static void add(Set<String> all, @Nullable String person) {
        if (person != null) {
            all.add(person);
        }
    }

    /** Something that a form asks for. */
    @FunctionalInterface
    private interface Deed {
        void on(Release release);
    }

    private String done(
            String key, String page, Viewer viewer, RedirectAttributes redirect, String message, Deed deed) {
        Release release = desk.get(key, new Reader(viewer.person(), viewer.groups()));
        try {
            deed.on(release);
            redirect.addFlashAttribute("message", message);
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/releases/" + key + "/" + page;
    }

    // ---- closure

    @GetMapping("/releases/{key}/closure")
    String closure(@PathVariable String key, Viewer viewer, Model model) {
        Release release = release(key, viewer, model);
        List<Obligation> owed = records.obligations(release);
        List<ClosureRecords.Addendum> addenda = records.addenda(release);
        Set<String> involved = new HashSet<>();
        closing.signed(release).ifPresent(closure -> {
            model.addAttribute("closure", closure);
            involved.add(closure.signedBy());
        });
        addenda.forEach(addendum -> involved.add(addendum.person()));
        owed.forEach(obligation -> obligation.owed().person().ifPresent(involved::add));
        model.addAttribute("proof", records.proof(release));
        model.addAttribute("owed", owed);
        Map<String, Boolean> mine = new HashMap<>();
        owed.forEach(obligation ->
                mine.put(obligation.owed().key(), records.mayFulfil(release, obligation, viewer.person())));
        model.addAttribute("mine", mine);
        model.addAttribute("addenda", addenda);
        model.addAttribute("names", people.names(involved));
        return "validation/closure";
    }

    @PostMapping("/releases/{key}/closure/obligations")
    String fulfil(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String obligation,
            @RequestParam(defaultValue = "") String evidence,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(
                key,
                "closure",
                viewer,
                redirect,
                "The obligation is fulfilled.",
                release -> records.fulfil(release, obligation, viewer.person(), evidence));
    }

    // ---- review

    @GetMapping("/releases/{key}/review")
    String review(@PathVariable String key, @RequestParam(defaultValue = "0") int page, Viewer viewer, Model model) {
        Release release = release(key, viewer, model);
        List<Reviews.Point> points = reviews.points(release);
        Set<String> involved = new HashSet<>();
        points.forEach(point -> involved.add(point.author()));
        reviews.find(release).ifPresent(review -> {
            model.addAttribute("review", review);
            if (review.conclusion() != null) {
                involved.add(review.conclusion().person());
            }
        });
        model.addAttribute("timeline", reviews.timeline(release, PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("points", points);
        model.addAttribute(
                "actionStates",
                records.obligations(release).stream()
                        .collect(Collectors.toMap(
                                obligation -> obligation.owed().key(),
                                AfterwardsPages::actionState,
                                (first, second) -> first)));
        model.addAttribute("lessons", lessons.of(release));
        model.addAttribute("names", people.names(involved));
        model.addAttribute("mayAdd", reviews.mayAdd(release, viewer.person()));
        model.addAttribute(
                "mayRequest",
                new Reader(viewer.person(), viewer.groups()).has(Role.RELEASE_MANAGER, Role.INCIDENT_MANAGER));
        model.addAttribute(
                "owners",
                Arrays.stream(Role.values())
                        .filter(role -> role != Role.ADMIN && role != Role.AUDITOR && role != Role.EXECUTIVE)
                        .toList());
        return "validation/review";
    }

    private static String actionState(Obligation obligation) {
        String owner = obligation.owed().owner().label() + ", due "
                + obligation.owed().due().toString().substring(0, 10);
        return obligation.open()
                ? owner + ", open"
                : owner + ", done: " + obligation.evidence().orElse("");
    }

    @PostMapping("/releases/{key}/review")
    String requestReview(@PathVariable String key, Viewer viewer, RedirectAttributes redirect) {
        return done(
                key,
                "review",
                viewer,
                redirect,
                "The review is begun; its timeline is being assembled.",
                release -> reviews.request(release, viewer.person()));
    }

    @PostMapping("/releases/{key}/review/points")
    String point(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String text,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(key, "review", viewer, redirect, "It is added.", release -> {
            reviews.requireOpen(release, viewer.person());
            reviews.add(release, viewer.person(), ReviewInput.kind(kind), text);
        });
    }

    @PostMapping("/releases/{key}/review/actions")
    String action(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String owner,
            @RequestParam(defaultValue = "") String due,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(key, "review", viewer, redirect, "The action is added, and owed from now on.", release -> {
            reviews.requireOpen(release, viewer.person());
            reviews.addAction(release, viewer.person(), text, ReviewInput.owner(owner), ReviewInput.due(due));
        });
    }

    @PostMapping("/releases/{key}/review/lessons")
    String lesson(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String lesson,
            @RequestParam(defaultValue = "") String tags,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(key, "review", viewer, redirect, "The lesson is kept.", release -> {
            reviews.requireOpen(release, viewer.person());
            lessons.add(release, viewer.person(), lesson, tags);
        });
    }

    // ---- feedback

    @GetMapping("/releases/{key}/feedback")
    String feedback(@PathVariable String key, Viewer viewer, Model model) {
        Release release = release(key, viewer, model);
        List<Feedback.Link> links = feedback.links(release);
        List<Feedback.Report> reports = feedback.reports(release);
        Set<String> involved = new HashSet<>();
        links.forEach(link -> add(involved, link.person()));
        reports.forEach(report -> involved.add(report.enteredBy()));
        feedback.collection(release).ifPresent(collection -> model.addAttribute("collection", collection));
        feedback.summary(release).ifPresent(summary -> {
            model.addAttribute("summary", summary);
            involved.add(summary.person());
        });
        model.addAttribute("links", links);
        model.addAttribute("reports", reports);
        model.addAttribute("mayJudge", feedback.mayJudge(release, viewer.person()));
        model.addAttribute("names", people.names(involved));
        return "validation/feedback";
    }

    @PostMapping("/releases/{key}/feedback/reports")
    String report(
            @PathVariable String key,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String signature,
            @RequestParam(defaultValue = "") String reportedAt,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(key, "feedback", viewer, redirect, "The report is entered.", release -> {
            feedback.requireDesk(release, viewer.person());
            feedback.report(
                    release,
                    viewer.person(),
                    title,
                    description,
                    signature,
                    ReviewInput.moment("reportedAt", reportedAt));
        });
    }

    @PostMapping("/releases/{key}/feedback/links/{link}")
    String judge(
            @PathVariable String key,
            @PathVariable long link,
            @RequestParam(defaultValue = "false") boolean confirmed,
            @RequestParam(defaultValue = "") String note,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(
                key,
                "feedback",
                viewer,
                redirect,
                confirmed ? "The link is confirmed." : "The link is denied.",
                release -> feedback.judge(release, viewer.person(), link, confirmed, note));
    }

    // ---- operability

    @GetMapping("/releases/{key}/operability")
    String operability(@PathVariable String key, Viewer viewer, Model model) {
        Release release = release(key, viewer, model);
        List<Operability.Required> required = operability.required(release);
        Set<String> involved = new HashSet<>();
        Map<Long, Boolean> mine = new HashMap<>();
        required.forEach(update -> {
            add(involved, update.person());
            mine.put(update.id(), operability.mayAttest(release, update, viewer.person()));
        });
        model.addAttribute("required", required);
        model.addAttribute("derived", operability.derived(release));
        model.addAttribute("mine", mine);
        model.addAttribute("names", people.names(involved));
        return "validation/operability";
    }

    @PostMapping("/releases/{key}/operability/{kind}")
    String attest(
            @PathVariable String key,
            @PathVariable String kind,
            @RequestParam(defaultValue = "") String evidence,
            Viewer viewer,
            RedirectAttributes redirect) {
        return done(
                key,
                "operability",
                viewer,
                redirect,
                "The update is attested.",
                release -> operability.attest(release, viewer.person(), kind, evidence));
    }
}
