package io.slipway.platform.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until a test moves it. */
public final class SettableClock extends Clock {

    private volatile Instant now;

    /** Stands at this moment. */
    public SettableClock(Instant now) {
        this.now = now;
    }

    /** Moves to this moment. */
    public void set(Instant moment) {
        this.now = moment;
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        this.now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
