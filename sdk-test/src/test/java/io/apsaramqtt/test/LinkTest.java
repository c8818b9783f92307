package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.test.Link.Grant;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Times are nanoseconds of a clock that the test keeps. */
class LinkTest {

    /** So late that the clock runs over meanwhile, as it may. */
    private final long start = Math.subtractExact(Long.MAX_VALUE, 5);

    private final Link link = new Link();

    @Test
    void withoutAFaultNothingWaits() {
        assertThat(link.wait(start, start)).isZero();
        assertThat(link.waitForNextByte(start, start)).isZero();
        assertThat(link.isDripping()).isFalse();
    }

    @Test
    void latencyIsWaitedForSinceTheBytesWereTaken() {
        link.latency(Duration.ofNanos(100));
        assertThat(link.wait(start, start + 40)).isEqualTo(60);
        assertThat(link.wait(start, start + 100)).isZero();
        assertThat(link.wait(start, start + 101)).isNegative();
        assertThat(link.waitForNextByte(start, start)).isZero();
    }

    @Test
    void aDripIsWaitedForSinceTheByteBefore() {
        link.drip(Duration.ofNanos(100));
        assertThat(link.isDripping()).isTrue();
        assertThat(link.waitForNextByte(start, start + 99)).isEqualTo(1);
        assertThat(link.wait(start, start)).isZero();
    }

    @Test
    void whatIsHeldWaitsForEverAndWhatIsSwallowedNever() {
        link.held(true);
        assertThat(link.wait(start, start)).isEqualTo(Link.FOREVER);
        assertThat(link.waitForNextByte(start, start)).isEqualTo(Link.FOREVER);
        link.dark(true);
        assertThat(link.wait(start, start)).isZero();
        assertThat(link.waitForNextByte(start, start)).isZero();
        link.heal();
        assertThat(link.isDark()).isFalse();
        assertThat(link.wait(start, start)).isZero();
    }

    @Test
    void bytesAreGrantedUpToTheCutAndFreelyAfterIt() {
        assertThat(link.ask(1000)).isEqualTo(new Grant(1000, Optional.empty()));
        CompletableFuture<Void> cut = link.allow(10);
        assertThat(link.ask(4)).isEqualTo(new Grant(4, Optional.empty()));
        assertThat(link.ask(20)).isEqualTo(new Grant(6, Optional.of(cut)));
        assertThat(link.ask(20)).isEqualTo(new Grant(20, Optional.empty()));
        assertThat(cut).isNotDone();
    }

    @Test
    void aCutIsReplacedByALaterOneAndForgottenByHealing() {
        CompletableFuture<Void> first = link.allow(10);
        CompletableFuture<Void> second = link.allow(20);
        assertThat(first).isCancelled();
        assertThat(second).isNotDone();
        link.heal();
        assertThat(second).isCancelled();
        assertThat(link.ask(30)).isEqualTo(new Grant(30, Optional.empty()));
    }
}
