package io.slipway.deployment.web;

import io.slipway.deployment.traffic.TrafficLook;
import java.util.List;
import java.util.Locale;

/**
 * The share of failed requests over time against its threshold, as points of a drawing that is 600 wide and 120 high.
 *
 * @param points pairs of coordinates
 * @param threshold height of the line that must not be passed for long
 * @param highest the share at the upper edge, in words
 */
public record TrafficChart(String points, String threshold, String highest) {

    private static final double WIDTH = 600;
    private static final double HEIGHT = 120;

    static TrafficChart of(List<TrafficLook> looks) {
        double threshold = looks.isEmpty() ? 0.05 : looks.get(looks.size() - 1).threshold();
        double highest = Math.max(
                threshold * 2,
                looks.stream().mapToDouble(TrafficLook::errorRate).max().orElse(0));
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < looks.size(); i++) {
            double x = looks.size() == 1 ? WIDTH : WIDTH * i / (looks.size() - 1);
            points.append(number(x))
                    .append(',')
                    .append(number(HEIGHT - HEIGHT * looks.get(i).errorRate() / highest))
                    .append(' ');
        }
        if (looks.size() == 1) {
            points.insert(0, "0," + number(HEIGHT - HEIGHT * looks.get(0).errorRate() / highest) + " ");
        }
        return new TrafficChart(
                points.toString().strip(), number(HEIGHT - HEIGHT * threshold / highest), percent(highest));
    }

    /** A share in words. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
