package io.apsaramqtt.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.runtime.ClientRuntime;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RenewalTimerTest {

    private final SimulatedRuntime simulated = new SimulatedRuntime(1);
    private final AtomicInteger fired = new AtomicInteger();
    private Duration offset = Duration.ZERO;
    private final RenewalTimer timer = new RenewalTimer(new SetClock(), new Guard(), fired::incrementAndGet);

    /** A runtime whose clock is wrong by an offset. */
    private final class SetClock implements ClientRuntime {

        @Override
        public Clock clock() {
            return Clock.offset(simulated.clock(), offset);
        }

        @Override
        public RandomGenerator random() {
            return simulated.random();
        }

        @Override
        public void execute(Runnable task) {
            simulated.execute(task);
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            return simulated.after(delay, task);
        }

        @Override
        public void close(Duration limit) {
            simulated.close(limit);
        }
    }

    private Instant in(Duration time) {
        return simulated.clock().instant().plus(time);
    }

    @Test
    void firesOnceAtItsMoment() {
        timer.set(in(Duration.ofDays(30)));
        simulated.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(fired).hasValue(0);
        simulated.advance(Duration.ofMillis(1));
        assertThat(fired).hasValue(1);
        simulated.advance(Duration.ofDays(60));
        assertThat(fired).hasValue(1);
    }

    @Test
    void firesAtOnceForAMomentThatIsOver() {
        timer.set(in(Duration.ofDays(-1)));
        simulated.advance(Duration.ZERO);
        assertThat(fired).hasValue(1);
    }

    @Test
    void aClockThatIsSetRightIsNoticedWithinFiveMinutes() {
        offset = Duration.ofDays(-20_000);
        timer.set(in(Duration.ofHours(1)));
        simulated.advance(Duration.ofHours(2));
        assertThat(fired).hasValue(0);
        offset = Duration.ZERO;
        simulated.advance(Duration.ofMinutes(5));
        assertThat(fired).hasValue(1);
    }

    @Test
    void whatIsCancelledOrSetAnewDoesNotFire() {
        timer.set(in(Duration.ofMinutes(1)));
        timer.set(in(Duration.ofMinutes(2)));
        simulated.advance(Duration.ofMinutes(1));
        assertThat(fired).hasValue(0);
        timer.cancel();
        simulated.advance(Duration.ofHours(1));
        assertThat(fired).hasValue(0);
    }
}
