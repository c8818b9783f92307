package io.apsaramqtt.permission.source;

import java.time.Duration;

/**
 * How long a local copy of the permissions serves.
 *
 * <p>Immutable.
 *
 * @param freshFor before this age nothing is read
 * @param expiresAfter from this age on the copy denies nothing any more
 * @param retryAfter wait after a failed refresh; doubles with each further one up to {@code freshFor}
 */
public record CacheTimes(Duration freshFor, Duration expiresAfter, Duration retryAfter) {

    /** Throws {@link IllegalArgumentException} unless 0 &lt; retryAfter &lt;= freshFor &lt;= expiresAfter. */
    public CacheTimes {
        if (retryAfter.isZero()
                || retryAfter.isNegative()
                || retryAfter.compareTo(freshFor) > 0
                || freshFor.compareTo(expiresAfter) > 0) {
            throw new IllegalArgumentException("Times of the permission cache [retryAfter " + retryAfter + ", freshFor "
                    + freshFor + ", expiresAfter " + expiresAfter + "] must be positive and rise in this order");
        }
    }

    /** Fresh for 5 minutes, expired after an hour, 5 seconds before a failed refresh is tried again. */
    public static CacheTimes standard() {
        return new CacheTimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(5));
    }
}
