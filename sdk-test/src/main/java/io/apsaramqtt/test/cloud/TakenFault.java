package io.apsaramqtt.test.cloud;

import io.apsaramqtt.test.cloud.CloudFault.Effect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What goes wrong with one request. It remembers the healing that was to come when it was taken: one that comes before the
 * answer waits for it counts too.
 *
 * @param effect what the fault does
 * @param healed opens when the faults are healed
 */
record TakenFault(Effect effect, CountDownLatch healed) {

    private static final Duration FOR_GOOD = Duration.ofDays(1);

    /** Holds the answer back as long as the fault wants. */
    void pause() throws InterruptedException {
        Duration duration = effect instanceof Effect.Delay delay
                ? delay.duration()
                : effect == Effect.Broken.HANGING ? FOR_GOOD : Duration.ZERO;
        // Whether it was healed makes no difference: the answer goes out either way.
        boolean ignored = healed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
