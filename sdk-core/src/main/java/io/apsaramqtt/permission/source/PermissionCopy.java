package io.apsaramqtt.permission.source;

import io.apsaramqtt.permission.EffectivePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * What was read, what is said of it once it has expired, and when it is to be read anew. Both objects live as long as the
 * copy, so that whoever remembers verdicts by them may. Moments are in milliseconds since 1970: an {@code Instant} would
 * be made at each question.
 */
record PermissionCopy(
        EffectivePermissions read,
        EffectivePermissions expired,
        long staleAt,
        long expiresAt,
        long notBefore,
        int failures) {

    static PermissionCopy of(EffectivePermissions read, long now, CacheTimes times) {
        EffectivePermissions expired = EffectivePermissions.unknown(
                "the copy is older than " + times.expiresAfter() + " and could not be refreshed",
                read.readAt(),
                read.source());
        long readAt = read.readAt().toEpochMilli();
        long staleAt = readAt + times.freshFor().toMillis();
        // A source may answer with what it read long ago: stale at once, but no reason to ask at every question.
        long soonest = now + times.retryAfter().toMillis();
        return new PermissionCopy(
                read, expired, staleAt, readAt + times.expiresAfter().toMillis(), Math.max(staleAt, soonest), 0);
    }

    /** Nothing, as {@code failure} kept the source from answering the first question. */
    static PermissionCopy none(PermissionSourceException failure, Instant now, CacheTimes times) {
        EffectivePermissions unknown = EffectivePermissions.unknown(
                "they could not be read yet: " + failure.getMessage(), now, failure.source());
        long at = now.toEpochMilli();
        return new PermissionCopy(unknown, unknown, at, Long.MAX_VALUE, at, 0).failed(at, times);
    }

    PermissionCopy invalidated(long now) {
        return new PermissionCopy(read, expired, now, expiresAt, now, 0);
    }

    PermissionCopy failed(long now, CacheTimes times) {
        Duration wait = times.retryAfter().multipliedBy(1L << Math.min(failures, 20));
        Duration bounded = wait.compareTo(times.freshFor()) < 0 ? wait : times.freshFor();
        return new PermissionCopy(read, expired, staleAt, expiresAt, now + bounded.toMillis(), failures + 1);
    }
}
