package io.apsaramqtt.soak;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.connection.ConnectionListener;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.Direction;
import io.apsaramqtt.test.FaultProxy;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;

/**
 * A program: how much slower a client publishes when the broker has closed the connection with a full window, as it then sends
 * that window again one topic at a time. Messages of QoS 1 take turns over a number of topics, on networks of several round-trip
 * times; prints messages a second before the loss, of the window that is sent again, and after it.
 *
 * <p>Not thread-safe.
 */
public final class AfterLoss {

    private static final int TOPICS = 20;
    private static final int WINDOW = 100;
    private static final int MESSAGES = 5_000;
    private static final int WARM_UP = 20_000;
    private static final List<Duration> LATENCIES = List.of(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(25));

    private final SoakBroker broker;
    private final PrintStream out;

    AfterLoss(SoakBroker broker, PrintStream out) {
        this.broker = broker;
        this.out = out;
    }

    /** Runs it and exits. */
    public static void main(String... arguments) throws InterruptedException {
        // Paho logs each end of a connection as severe.
        LogManager.getLogManager().reset();
        try (SoakBroker broker = SoakBroker.start(SoakOptions.Choice.AUTO)) {
            new AfterLoss(broker, System.out).run(WARM_UP, MESSAGES, LATENCIES);
        }
        // The embedded broker keeps the JVM alive.
        System.exit(0);
    }

    /** Measures with each latency a direction. */
    void run(int warmUp, int messages, List<Duration> latencies) throws InterruptedException {
        out.printf("%d topics, a window of %d, on %s%n", TOPICS, WINDOW, broker.name());
        out.println("| round trip | messages/s before | of the window sent again | ratio | after it | ratio |");
        out.println("|---|---|---|---|---|---|");
        for (Duration latency : latencies) {
            measure(latency, warmUp, messages);
        }
    }

    private void measure(Duration latency, int warmUp, int messages) throws InterruptedException {
        Reconnected reconnected = new Reconnected();
        try (FaultProxy network = FaultProxy.to("127.0.0.1", broker.port());
                ApsaraMqttClient client = broker.client("after-loss")
                        .profile(Profile.GENERIC)
                        .endpoint(network.endpoint())
                        .window(WINDOW)
                        .flowControl(FlowControl.queueing(Math.max(warmUp, messages) + WINDOW, 1 << 30))
                        .deliveryTimeout(Duration.ofMinutes(10))
                        .operationTimeout(Duration.ofMinutes(10))
                        .reconnectDelay(Duration.ofMillis(1), Duration.ofMillis(1))
                        .connectionListener(reconnected)
                        .build()) {
            client.connect();
            publish(client, warmUp).join();
            for (Direction direction : Direction.values()) {
                network.latency(direction, latency);
            }
            long start = System.nanoTime();
            publish(client, messages).join();
            double before = rate(messages, start, System.nanoTime());

            network.hold(Direction.TO_CLIENT);
            CompletableFuture<Void> window = publish(client, WINDOW);
            CompletableFuture<Void> rest = publish(client, messages);
            CompletableFuture<Long> windowDone = window.thenApply(done -> System.nanoTime());
            reconnected.await(() -> {
                network.cutAll();
                network.release(Direction.TO_CLIENT);
            });
            start = System.nanoTime();
            rest.join();
            long end = System.nanoTime();
            double again = rate(WINDOW, start, windowDone.join());
            double after = rate(messages, windowDone.join(), end);
            out.printf(
                    Locale.ROOT,
                    "| %d ms | %.0f | %.0f | %.2f | %.0f | %.2f |%n",
                    latency.toMillis() * 2,
                    before,
                    again,
                    again / before,
                    after,
                    after / before);
        }
    }

    /** Publishes that many to one topic after the other; completes when all are acknowledged. */
    private static CompletableFuture<Void> publish(ApsaraMqttClient client, int messages) {
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            published.add(client.publishAsync(
                    Message.of("soak/after-loss/" + i % TOPICS, "0123456789").withQos(Qos.AT_LEAST_ONCE)));
        }
        return CompletableFuture.allOf(published.toArray(CompletableFuture<?>[]::new));
    }

    private static double rate(int messages, long start, long end) {
        return messages * 1e9 / (end - start);
    }

    /** Waits until the client is connected again. */
    private static final class Reconnected implements ConnectionListener {

        private volatile CountDownLatch connected = new CountDownLatch(1);

        void await(Runnable loss) throws InterruptedException {
            CountDownLatch again = new CountDownLatch(1);
            connected = again;
            loss.run();
            again.await();
        }

        @Override
        public void connected() {
            connected.countDown();
        }
    }
}
