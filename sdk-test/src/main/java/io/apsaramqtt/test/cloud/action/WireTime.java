package io.apsaramqtt.test.cloud.action;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as RAM writes them: {@code 2026-01-23T12:33:18Z}. */
final class WireTime {

    private WireTime() {}

    static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
