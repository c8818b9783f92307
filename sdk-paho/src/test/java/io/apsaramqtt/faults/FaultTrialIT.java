package io.apsaramqtt.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.artemis.ArtemisBroker;
import io.apsaramqtt.faults.FaultCase.Fault;
import io.apsaramqtt.test.Direction;
import io.apsaramqtt.test.FaultProxy;
import io.apsaramqtt.test.PacketType;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proxy, broker and trial together, tried with a client whose answer to each fault is known. */
class FaultTrialIT {

    private static @Nullable ArtemisBroker broker;

    private final FaultReport report = new FaultReport();
    private FaultProxy proxy;
    private PahoLink link;

    @SuppressWarnings("NullAway.Init") // connect() does it
    FaultTrialIT() {}

    @BeforeAll
    static void start() {
        broker = ArtemisBroker.start();
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(broker).close();
    }

    @BeforeEach
    void connect() throws MqttException {
        proxy = FaultProxy.to("127.0.0.1", Objects.requireNonNull(broker).port());
        link = new PahoLink(proxy.endpoint());
    }

    @AfterEach
    void close() {
        link.close();
        proxy.close();
    }

    private FaultTrial trial(Fault fault, Duration patience) throws Exception {
        return FaultTrial.run(
                new FaultCase("a fault", fault), "3.1.1", link, row -> report.add("Faults", row), patience);
    }

    @Test
    void aConnectionThatIsHeldForAWhileLosesNothing() throws Exception {
        Fault held = () -> {
            for (Direction direction : Direction.values()) {
                proxy.hold(direction);
            }
            long before = proxy.bytes(Direction.TO_BROKER);
            assertThat(proxy.open()).isEqualTo(1);
            proxy.latency(Direction.TO_CLIENT, Duration.ofMillis(20));
            for (Direction direction : Direction.values()) {
                proxy.release(direction);
            }
            await().until(() -> proxy.bytes(Direction.TO_BROKER) > before + 1000);
        };
        FaultTrial trial = trial(held, Duration.ofSeconds(20));
        assertThat(trial.row().survived()).isTrue();
        assertThat(trial.row().lost()).isZero();
        assertThat(trial.row().duplicated()).isZero();
        assertThat(trial.tally().failed() + trial.tally().refused()).isZero();
    }

    @Test
    void aMessageWhoseAcknowledgementIsDroppedStaysPendingAndThatIsSeen() throws Exception {
        Fault dropped = () ->
                proxy.dropPackets(Direction.TO_CLIENT, PacketType.PUBACK, 1).get();
        FaultTrial trial = trial(dropped, Duration.ofSeconds(2));
        assertThat(trial.row().survived()).isFalse();
        assertThat(trial.row().recovery()).isPresent();
        assertThat(trial.tally().pending()).hasSize(1);
        assertThat(link.received()).containsAll(trial.tally().pending());
    }

    @Test
    void aMessageThatIsDroppedOnItsWayBackIsLostAndThatIsSeen() throws Exception {
        Fault dropped = () ->
                proxy.dropPackets(Direction.TO_CLIENT, PacketType.PUBLISH, 1).get();
        FaultTrial trial = trial(dropped, Duration.ofSeconds(20));
        assertThat(trial.row().survived()).isTrue();
        assertThat(trial.tally().lost()).hasSize(1);
    }

    @Test
    void aClientWithoutAReconnectDoesNotSurviveACut() throws Exception {
        Fault cut =
                () -> proxy.cutBefore(Direction.TO_CLIENT, PacketType.PUBACK, 1).get();
        FaultTrial trial = trial(cut, Duration.ofSeconds(2));
        assertThat(trial.row().survived()).isFalse();
        assertThat(trial.row().recovery()).isEmpty();
        assertThat(trial.tally().refused()).isPositive();
    }
}
