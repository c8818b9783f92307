package io.apsaramqtt.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** More messages than a client holds, for listeners that are slower than the network. */
class BackpressureIT {

    /** Above what waits for one listener and in the engine, and not so far above that the broker drops the rest. */
    private static final int FLOOD = 1_100;

    /** Below what waits for one listener: beyond that, acknowledgements wait with the messages. */
    private static final int NEARLY_FULL = 900;

    @RegisterExtension
    static final EmbeddedService SERVICE = EmbeddedService.closingConnections();

    private static void flood(ApsaraMqttClient sender, int messages) {
        List<CompletableFuture<Void>> published = IntStream.range(0, messages)
                .mapToObj(i -> sender.publishAsync(Message.of("alarms/a", Integer.toString(i))))
                .toList();
        published.forEach(Futures::get);
    }

    @ParameterizedTest
    @EnumSource
    void aFloodForASlowListenerArrivesWholeAndInOrder(MqttVersion version) throws InterruptedException {
        ApsaraMqttClient receiver = SERVICE.connected(SERVICE.builder(version));
        Inbox inbox = new Inbox();
        CountDownLatch go = new CountDownLatch(1);
        receiver.subscribe("alarms/a", message -> {
            go.await();
            inbox.onMessage(message);
        });
        flood(SERVICE.connected(SERVICE.builder(version)), FLOOD);
        go.countDown();
        assertThat(inbox.texts(FLOOD))
                .isEqualTo(IntStream.range(0, FLOOD).mapToObj(Integer::toString).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aListenerMayPublishAndWaitThoughItsQueueIsNearlyFull(MqttVersion version) throws InterruptedException {
        ApsaraMqttClient receiver = SERVICE.connected(SERVICE.builder(version));
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(NEARLY_FULL);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        receiver.subscribe("alarms/a", message -> {
            go.await();
            try {
                receiver.publish("echoes/a", message.text());
            } catch (RuntimeException e) {
                failures.add(e);
            }
            done.countDown();
        });
        flood(SERVICE.connected(SERVICE.builder(version)), NEARLY_FULL);
        go.countDown();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFloodedListenerMayCloseTheClient(MqttVersion version) throws InterruptedException {
        ApsaraMqttClient receiver = SERVICE.connected(SERVICE.builder(version));
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        receiver.subscribe("alarms/a", message -> {
            go.await();
            receiver.close();
            closed.countDown();
        });
        flood(SERVICE.connected(SERVICE.builder(version)), FLOOD);
        go.countDown();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(Threads.of(receiver.clientId())).isEmpty());
    }
}
