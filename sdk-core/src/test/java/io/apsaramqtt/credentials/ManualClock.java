package io.apsaramqtt.credentials;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when told. */
final class ManualClock extends Clock {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private volatile Instant now = START;

    void moveTo(Duration sinceStart) {
        now = START.plus(sinceStart);
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
