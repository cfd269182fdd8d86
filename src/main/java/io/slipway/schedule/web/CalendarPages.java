package io.slipway.schedule.web;

import io.slipway.platform.process.TaskRefused;
import io.slipway.platform.web.Paging;
import io.slipway.platform.web.Viewer;
import io.slipway.release.Landscape;
import io.slipway.release.Reader;
import io.slipway.schedule.Blackouts;
import io.slipway.schedule.TimeSpan;
import io.slipway.schedule.calendars.CalendarRule;
import io.slipway.schedule.calendars.Calendars;
import io.slipway.schedule.calendars.PlannedWindows;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The month: what is allowed and denied, and which releases go to production; and the calendars behind it. */
@Controller
class CalendarPages {

    private static final int SIZE = 25;

    /** So many lines a month shows; nobody reads more. */
    private static final int AGENDA = 100;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.ENGLISH);

    private final Calendars calendars;
    private final Blackouts blackouts;
    private final PlannedWindows planned;
    private final Landscape landscape;
    private final Clock clock;

    CalendarPages(Calendars calendars, Blackouts blackouts, PlannedWindows planned, Landscape landscape, Clock clock) {
        this.calendars = calendars;
        this.blackouts = blackouts;
        this.planned = planned;
        this.landscape = landscape;
        this.clock = clock;
    }

    /** A line of the agenda. */
    record Line(
            String what, String tone, String name, @Nullable String release, TimeSpan span, String place) {}

    @GetMapping("/calendar")
    String month(
            @RequestParam(defaultValue = "") String month,
            @RequestParam(defaultValue = "0") int page,
            @CookieValue(name = "zone", defaultValue = "UTC") String cookie,
            Viewer viewer,
            Model model) {
        ZoneId zone = ZoneId.getAvailableZoneIds().contains(cookie) ? ZoneId.of(cookie) : ZoneId.of("UTC");
        YearMonth shown = month(month, zone);
        TimeSpan range = new TimeSpan(
                shown.atDay(1).atStartOfDay(zone).toInstant(),
                shown.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
        List<CalendarRule> rules = calendars.inForce();
        List<Line> lines = lines(rules, viewer, range);
        model.addAttribute("days", days(lines.subList(0, Math.min(lines.size(), AGENDA)), range, zone));
        model.addAttribute("more", lines.size() > AGENDA);
        model.addAttribute(
                "monthName",
                shown.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, Locale.ENGLISH) + " " + shown.getYear());
        model.addAttribute("before", shown.minusMonths(1).toString());
        model.addAttribute("after", shown.plusMonths(1).toString());
        model.addAttribute("rules", Paging.part(rules, PageRequest.of(Paging.page(page), SIZE)));
        model.addAttribute("systems", landscape.systems());
        model.addAttribute("mayKeep", calendars.mayKeep(viewer.person()));
        return "schedule/calendar";
    }

    private YearMonth month(String text, ZoneId zone) {
        try {
            YearMonth asked = YearMonth.parse(text);
            return asked.getYear() > 1970 && asked.getYear() < 3000 ? asked : YearMonth.now(clock.withZone(zone));
        } catch (DateTimeException none) {
            return YearMonth.now(clock.withZone(zone));
        }
    }

    private List<Line> lines(List<CalendarRule> rules, Viewer viewer, TimeSpan range) {
        List<Line> lines = new ArrayList<>();
        Calendars.between(rules, range)
                .forEach(found -> lines.add(new Line(
                        found.rule().kind().label(),
                        found.rule().kind().name().equals("DENY") ? "m-refused" : "m-accepted",
                        found.rule().name() + " (" + found.rule().scope() + ")",
                        null,
                        found.span(),
                        found.from() + " to " + found.to())));
        blackouts
                .between(range, AGENDA + 1)
                .forEach(blackout -> lines.add(new Line(
                        "Blackout",
                        "m-refused",
                        blackout.name() + " (" + blackout.scope() + ")",
                        null,
                        blackout.span(),
                        blackout.from() + " to " + blackout.to())));
        planned.between(new Reader(viewer.person(), viewer.groups()), range, AGENDA + 1)
                .forEach(window -> lines.add(
                        new Line("Release", "s-scheduled", window.title(), window.release(), window.span(), "")));
        lines.sort(Comparator.comparing(line -> line.span().start()));
        return lines;
    }

    private static Map<String, List<Line>> days(List<Line> lines, TimeSpan range, ZoneId zone) {
        Map<LocalDate, List<Line>> days = new TreeMap<>();
        lines.forEach(line -> days.computeIfAbsent(
                        line.span().start().isBefore(range.start())
                                ? range.start().atZone(zone).toLocalDate()
                                : line.span().start().atZone(zone).toLocalDate(),
                        day -> new ArrayList<>())
                .add(line));
        Map<String, List<Line>> named = new java.util.LinkedHashMap<>();
        days.forEach((day, found) -> named.put(DAY.format(day), found));
        return named;
    }

    @PostMapping("/calendar")
    String enter(CalendarEntry entry, Viewer viewer, RedirectAttributes redirect) {
        try {
            calendars.requireKeeper(viewer.person());
            String name = calendars.enter(viewer.person(), entry.read()).name();
            redirect.addFlashAttribute("message", name + " holds from now on.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
            redirect.addFlashAttribute("entry", entry);
        }
        return "redirect:/calendar";
    }

    @PostMapping("/calendar/{calendar}/lift")
    String lift(
            @PathVariable UUID calendar,
            @RequestParam(defaultValue = "") String reason,
            Viewer viewer,
            RedirectAttributes redirect) {
        try {
            calendars.lift(viewer.person(), calendar, reason);
            redirect.addFlashAttribute("message", "The calendar is lifted.");
        } catch (TaskRefused refused) {
            redirect.addFlashAttribute("refusal", refused.getMessage());
        }
        return "redirect:/calendar";
    }
}
