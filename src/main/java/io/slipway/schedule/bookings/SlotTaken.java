package io.slipway.schedule.bookings;

import io.slipway.release.Refused;
import io.slipway.schedule.TimeSpan;
import java.util.List;

/** An environment is full at a time; says who uses it then, and when it is free next. */
public class SlotTaken extends Refused {

    private static final long serialVersionUID = 1L;

    private final transient List<Slot> overlapping;
    private final transient List<TimeSpan> free;

    SlotTaken(String sentence, List<Slot> overlapping, List<TimeSpan> free) {
        super("start", sentence);
        this.overlapping = List.copyOf(overlapping);
        this.free = List.copyOf(free);
    }

    /** What is booked then. */
    public List<Slot> overlapping() {
        return overlapping;
    }

    /** The next times of the same length that are free. */
    public List<TimeSpan> free() {
        return free;
    }
}
