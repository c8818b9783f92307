package io.apsaramqtt.faults;

import io.apsaramqtt.faults.Tally.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Numbers 1, 2, 3 and so on, published over a link from a thread of its own until it is finished, and counted. */
public final class Traffic implements AutoCloseable {

    /** Not more than so many are published and not yet answered. */
    private static final int WINDOW = 50;

    private static final long PAUSE_MILLIS = 2;

    private final NumberedLink link;
    private final Map<Integer, Outcome> published = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final Semaphore window = new Semaphore(WINDOW);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread publisher = new Thread(this::publishAll, "traffic");

    private Traffic(NumberedLink link) {
        this.link = link;
    }

    /** Starts to publish over this link, which stays the caller's to close. */
    public static Traffic over(NumberedLink link) {
        Traffic traffic = new Traffic(link);
        traffic.publisher.setDaemon(true);
        traffic.publisher.start();
        return traffic;
    }

    private void publishAll() {
        try {
            do {
                if (window.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    publish().whenComplete((answer, failure) -> window.release());
                }
            } while (!finished.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Completes when the fate of the number is known, which is at once where it is refused. */
    private CompletableFuture<?> publish() {
        int number = last.incrementAndGet();
        published.put(number, Outcome.PENDING);
        CompletableFuture<?> answer;
        try {
            answer = link.publish(number);
        } catch (RuntimeException e) {
            published.put(number, Outcome.REFUSED);
            return CompletableFuture.completedFuture(null);
        }
        return answer.handle(
                (value, failure) -> published.put(number, failure == null ? Outcome.ACKNOWLEDGED : Outcome.FAILED));
    }

    /**
     * Waits until a number that is published from now on was acknowledged and received, and says how long that took; empty if
     * the patience is over before.
     */
    public Optional<Duration> awaitRoundTrip(Duration patience) {
        long start = System.nanoTime();
        int mark = last.get();
        return await(patience, () -> hasCome(mark))
                ? Optional.of(Duration.ofNanos(System.nanoTime() - start))
                : Optional.empty();
    }

    private boolean hasCome(int mark) {
        return link.received().stream()
                .anyMatch(number -> number > mark && published.get(number) == Outcome.ACKNOWLEDGED);
    }

    /**
     * Ends the traffic: waits until the fate of all numbers is known, then for one last number to arrive, behind which, as
     * the order is kept, none is on its way. Each wait ends when the patience does.
     */
    public Tally finish(Duration patience) {
        finished.countDown();
        if (await(patience, () -> !publisher.isAlive() && !published.containsValue(Outcome.PENDING))) {
            int mark = last.get();
            publish();
            await(patience, () -> hasCome(mark));
        }
        return Tally.of(published, link.received());
    }

    private static boolean await(Duration patience, BooleanSupplier condition) {
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(patience)
                    .until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Ends the traffic where it is not finished. */
    @Override
    public void close() {
        finished.countDown();
    }
}
