package io.apsaramqtt.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrentlyTest {

    private final Concurrently four = new Concurrently(4);

    @Test
    void fourCallsAreMadeAtATimeAndNoFifth() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch begun = new CountDownLatch(4);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Supplier<Integer>> started = IntStream.range(0, 20)
                .mapToObj(number -> four.start(() -> {
                    threads.add(Thread.currentThread());
                    begun.countDown();
                    await(goOn);
                    return number;
                }))
                .toList();
        begun.await();
        goOn.countDown();
        assertThat(Concurrently.all(started))
                .containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
        assertThat(threads).hasSize(4);
    }

    @Test
    void theFirstFailureIsThrownAsItIs() {
        IllegalStateException failure = new IllegalStateException("down");
        Supplier<String> fails = four.start(() -> {
            throw failure;
        });
        assertThatThrownBy(() -> Concurrently.all(List.of(four.start(() -> "answers"), fails)))
                .isSameAs(failure);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
