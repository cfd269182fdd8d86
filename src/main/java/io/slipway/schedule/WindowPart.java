package io.slipway.schedule;

import io.slipway.release.ApprovalPart;
import io.slipway.release.Release;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What an approval signs of the schedule: the window, and the blackouts that an emergency breaks. */
@Component
class WindowPart implements ApprovalPart {

    private final Windows windows;
    private final Blackouts blackouts;

    WindowPart(Windows windows, Blackouts blackouts) {
        this.windows = windows;
        this.blackouts = blackouts;
    }

    @Override
    public String name() {
        return "window";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException when no window is planned, the release names another one, or it meets a blackout that whoever
     *     planned it did not know of
     */
    @Override
    public Content content(Release release) {
        ReleaseWindow window = windows.present(release)
                .orElseThrow(() -> new IllegalStateException("No window is planned for " + release.key()));
        TimeSpan span = agreed(release, window);
        List<Met> unknown = windows.unknown(release, window, span);
        if (!unknown.isEmpty()) {
            throw new IllegalStateException("The window of " + release.key() + " meets " + Windows.named(unknown)
                    + "; please ask for another window");
        }
        List<Map<String, Object>> broken =
                blackouts.meeting(release, span).stream().map(Blackouts::facts).toList();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("round", window.round());
        facts.put("start", span.start().toString());
        facts.put("end", span.end().toString());
        facts.put("emergency", window.emergency());
        facts.put("brokenBlackouts", broken);
        if (!window.broken().isEmpty()) {
            facts.put("broken", window.broken());
        }
        String breaks = broken.isEmpty()
                ? ""
                : ", breaking " + broken.size() + (broken.size() == 1 ? " blackout" : " blackouts");
        return new Content(
                TimeSpan.readable(span.start()) + " to " + TimeSpan.readable(span.end())
                        + (window.emergency() ? ", emergency" : "") + breaks,
                facts);
    }

    /** The window as schedule and release both have it. */
    static TimeSpan agreed(Release release, ReleaseWindow window) {
        TimeSpan span = window.span()
                .orElseThrow(() -> new IllegalStateException("The window of " + release.key() + " has no start"));
        Instant start = release.windowStart().orElse(Instant.MIN);
        Instant end = release.windowEnd().orElse(Instant.MIN);
        if (!span.start().equals(start) || !span.end().equals(end)) {
            throw new IllegalStateException("The window of " + release.key()
                    + " is not the one that was planned; please have the database looked into");
        }
        return span;
    }
}
