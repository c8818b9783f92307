package io.apsaramqtt.client.session;

import io.apsaramqtt.client.runtime.ClientRuntime;
import java.time.Duration;
import java.time.Instant;

/** Fires at a moment by the clock, however far away it is and however the clock is set meanwhile. Guarded by the session. */
final class RenewalTimer {

    /** The clock of a device may be years off until it is set right. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final ClientRuntime runtime;
    private final Guard guard;
    private final Runnable due;
    private Instant moment = Instant.MAX;
    private Runnable cancel = () -> {};
    /** Counts what was set, so that one that fires while it is cancelled is ignored. */
    private int settings;

    /** Runs {@code due} with the lock. */
    RenewalTimer(ClientRuntime runtime, Guard guard, Runnable due) {
        this.runtime = runtime;
        this.guard = guard;
        this.due = due;
    }

    /** Fires a little before {@code due}, by up to a tenth of what is left then: the tokens of a fleet may be of one age. */
    void setBefore(Instant due, Instant expiry) {
        long lead = Duration.between(due, expiry).toMillis();
        set(due.minusMillis(runtime.random().nextLong(lead / 10 + 1)));
    }

    void set(Instant when) {
        cancel();
        moment = when;
        await(settings);
    }

    private void await(int setting) {
        Duration left = Duration.between(runtime.clock().instant(), moment);
        Duration wait = left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
        cancel = runtime.after(wait, () -> guard.run(() -> waited(setting)));
    }

    private void waited(int setting) {
        if (setting != settings) {
            return;
        }
        if (runtime.clock().instant().isBefore(moment)) {
            await(setting);
        } else {
            settings++;
            due.run();
        }
    }

    void cancel() {
        settings++;
        cancel.run();
    }
}
