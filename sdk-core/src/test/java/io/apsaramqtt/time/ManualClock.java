package io.apsaramqtt.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to move. */
public final class ManualClock extends Clock {

    public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private volatile Instant now;

    /** Stands at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    public ManualClock(Instant now) {
        this.now = now;
    }

    public void moveTo(Instant moment) {
        now = moment;
    }

    public void moveTo(Duration sinceStart) {
        now = START.plus(sinceStart);
    }

    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
