package io.slipway.governance.web;

import io.slipway.governance.reports.Wilson;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Numbers of reports as people read them. */
public final class ReportWords {

    /** A share in percent. */
    public String percent(double share) {
        return String.format(
                Locale.ENGLISH,
                (share > 0 && share < 0.1) || (share > 0.99 && share < 1) ? "%.2f %%" : "%.0f %%",
                share * 100);
    }

    /** Bounds of a share. */
    public String interval(Wilson interval) {
        return percent(interval.low()) + " to " + percent(interval.high());
    }

    /** A duration in its largest fitting units; a dash for none. */
    public String duration(Optional<Duration> duration) {
        return duration.map(this::duration).orElse("–");
    }

    /** A duration in its largest fitting units. */
    public String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        if (seconds < 172_800) {
            return String.format(Locale.ENGLISH, "%.1f h", seconds / 3_600.0);
        }
        return String.format(Locale.ENGLISH, "%.1f days", seconds / 86_400.0);
    }

    /** A number with one decimal. */
    public String decimal(double value) {
        return String.format(Locale.ENGLISH, "%.1f", value);
    }
}
