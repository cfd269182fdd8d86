package io.slipway.integration.metrics;

import java.time.Instant;
import java.util.List;

/**
 * The values of a metric over time.
 *
 * @param metric which one
 * @param points the oldest first, none for a step without a value
 */
public record Series(String metric, List<Point> points) {

    /** Keeps the points as they are now. */
    public Series {
        points = List.copyOf(points);
    }

    /**
     * One value.
     *
     * @param time begin of the step that it tells of
     * @param value finite
     */
    public record Point(Instant time, double value) {}

    /** The values alone. */
    public double[] values() {
        return points.stream().mapToDouble(Point::value).toArray();
    }
}
