package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 2000", "2, 4000", "5, 32000", "6, 60000", "7, 60000", "40, 60000", "2147483647, 60000"})
    void theBoundDoublesUpToTheLongest(int failures, long bound) {
        Random random = new Random(7);
        long longest = 0;
        for (int i = 0; i < 2_000; i++) {
            long delay = BACKOFF.delay(failures, random).toMillis();
            assertThat(delay).isBetween(0L, bound);
            longest = Math.max(longest, delay);
        }
        // Full jitter: the whole range is used.
        assertThat(longest).isGreaterThan(bound * 9 / 10);
    }

    @Test
    void twoClientsDoNotWaitTheSame() {
        assertThat(BACKOFF.delay(5, new Random(1))).isNotEqualTo(BACKOFF.delay(5, new Random(2)));
    }

    @Test
    void aLongFirstWaitDoesNotOverflow() {
        Backoff days = new Backoff(Duration.ofDays(1), Duration.ofDays(1));
        assertThat(days.delay(1_000, new Random(1))).isBetween(Duration.ZERO, Duration.ofDays(1));
    }
}
