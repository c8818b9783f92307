package io.apsaramqtt.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.Threads;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every fault, in every version, and what is asked of the client after each. */
@ExtendWith(FaultReporting.class)
abstract class FaultSuite {

    /** What a fault may cost. */
    enum Allowed {
        /** No message lost, some delivered twice. */
        DUPLICATES,
        /** Neither lost nor delivered twice. */
        NOTHING,
        /** What the broker took with it. */
        LOSSES
    }

    /**
     * A client that is connected, and what can be done to it; closed after the fault.
     *
     * @param trouble what faults are inflicted on
     * @param link over the client
     * @param ids of all clients, whose threads must end
     * @param others closed at the end, too
     * @param <T> which faults there are
     */
    record Scene<T extends Trouble>(T trouble, NumberedLink link, List<ClientId> ids, List<AutoCloseable> others) {

        void close() throws Exception {
            link.close();
            trouble.proxy.close();
            for (AutoCloseable other : others) {
                other.close();
            }
        }
    }

    /** Sets a scene anew for each fault. */
    @FunctionalInterface
    interface Stage<T extends Trouble> {
        Scene<T> set(MqttVersion version, Qos qos);
    }

    static <T extends Trouble> Stream<DynamicTest> everyVersion(
            String heading,
            List<? extends NamedFault<? super T>> faults,
            Stage<T> stage,
            Qos qos,
            Allowed allowed,
            FaultReport report) {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> faults.stream()
                        .map(fault -> dynamicTest(
                                fault.name() + ", QoS " + qos.code() + ", MQTT " + version,
                                () -> tryOut(heading, fault, version, stage.set(version, qos), allowed, report))));
    }

    private static <T extends Trouble> void tryOut(
            String heading,
            NamedFault<? super T> fault,
            MqttVersion version,
            Scene<T> scene,
            Allowed allowed,
            FaultReport report)
            throws Exception {
        try {
            FaultTrial trial = FaultTrial.run(
                    fault.on(scene.trouble()), protocol(version), scene.link(), row -> report.add(heading, row));
            assertThat(trial.row().survived()).as("survived: " + trial).isTrue();
            assertThat(trial.tally().strange()).isEmpty();
            if (allowed != Allowed.LOSSES) {
                assertThat(trial.tally().lost()).as("lost: " + trial).isEmpty();
            }
            if (allowed == Allowed.NOTHING) {
                assertThat(trial.tally().duplicated())
                        .as("duplicated: " + trial)
                        .isEmpty();
            }
            assertThat(scene.trouble().client.statistics().pending()).isZero();
        } finally {
            scene.close();
        }
        await().until(() -> scene.ids().stream().allMatch(id -> Threads.of(id).isEmpty()));
    }

    private static String protocol(MqttVersion version) {
        return version == MqttVersion.V5 ? "5" : "3.1.1";
    }

    /** A client that notices a fault soon and is soon back. */
    static ApsaraMqttClientBuilder quick(ClientId id, MqttVersion version) {
        return ApsaraMqttClient.builder()
                .clientId(id)
                .keepAlive(Duration.ofSeconds(2))
                .connectTimeout(Duration.ofSeconds(2))
                .operationTimeout(Duration.ofSeconds(3))
                .deliveryTimeout(Duration.ofSeconds(25))
                .reconnectDelay(Duration.ofMillis(20), Duration.ofMillis(300))
                .flowControl(FlowControl.queueing(10_000, 10 << 20))
                .mqttVersion(version);
    }

    /** Connects, and tries again: on a busy machine even a CONNACK may be late, and no fault has happened yet. */
    static ApsaraMqttClient connected(ApsaraMqttClientBuilder builder) {
        ApsaraMqttClient client = builder.build();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(ConnectFailedException.class)
                .until(() -> {
                    client.connect();
                    return true;
                });
        return client;
    }
}
