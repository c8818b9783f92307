package io.apsaramqtt.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.Threads;
import io.apsaramqtt.client.delivery.FlowControl;
import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every fault, in every version, between the client and a real Mosquitto that keeps its sessions. */
@ExtendWith(FaultReporting.class)
class FaultSuiteIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static MosquittoBroker broker;

    @SuppressWarnings("NullAway.Init") // set before the first test
    FaultSuiteIT() {}

    @BeforeAll
    static void start() {
        broker = MosquittoBroker.startPersistent(List.of(), "max_inflight_messages 100");
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    /** What a fault may cost. */
    private enum Allowed {
        /** No message lost, some delivered twice. */
        DUPLICATES,
        /** Neither lost nor delivered twice. */
        NOTHING,
        /** What the broker took with it. */
        LOSSES
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheNetwork(FaultReport report) {
        return everyVersion(Trouble::ofTheNetwork, Qos.AT_LEAST_ONCE, Allowed.DUPLICATES, report);
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheBroker(FaultReport report) {
        return everyVersion(Trouble::ofTheBroker, Qos.AT_LEAST_ONCE, Allowed.DUPLICATES, report);
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheBrokerAreBorneExactlyOnce(FaultReport report) {
        return everyVersion(Trouble::ofTheBroker, Qos.EXACTLY_ONCE, Allowed.NOTHING, report);
    }

    @TestFactory
    Stream<DynamicTest> cutsAreBorneExactlyOnce(FaultReport report) {
        return everyVersion(Trouble::ofExactlyOnce, Qos.EXACTLY_ONCE, Allowed.NOTHING, report);
    }

    @TestFactory
    Stream<DynamicTest> aKilledBrokerIsSurvived(FaultReport report) {
        return everyVersion(trouble -> List.of(trouble.killed()), Qos.AT_LEAST_ONCE, Allowed.LOSSES, report);
    }

    private static Stream<DynamicTest> everyVersion(
            Function<Trouble, List<FaultCase>> faults, Qos qos, Allowed allowed, FaultReport report) {
        return Stream.of(MqttVersion.values()).flatMap(version -> {
            List<FaultCase> named = faults.apply(Trouble.named());
            return IntStream.range(0, named.size())
                    .mapToObj(i -> trial(
                            named.get(i).name(),
                            version,
                            trouble -> faults.apply(trouble).get(i),
                            qos,
                            allowed,
                            report));
        });
    }

    private static DynamicTest trial(
            String name,
            MqttVersion version,
            Function<Trouble, FaultCase> chosen,
            Qos qos,
            Allowed allowed,
            FaultReport report) {
        return dynamicTest(name + ", QoS " + qos.code() + ", MQTT " + version, () -> {
            ClientId id = ClientId.of("fault-" + NUMBER.incrementAndGet());
            try (FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port());
                    ApsaraMqttClient client = connected(proxy, id, version);
                    ClientLink link = new ClientLink(client, "faults/" + id, qos)) {
                FaultCase fault = chosen.apply(new Trouble(proxy, broker, client));
                FaultTrial trial = FaultTrial.run(
                        new FaultCase(fault.name() + ", QoS " + qos.code(), fault.fault()),
                        protocol(version),
                        link,
                        report);
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
            }
            await().until(() -> Threads.of(id).isEmpty());
        });
    }

    private static String protocol(MqttVersion version) {
        return version == MqttVersion.V5 ? "5" : "3.1.1";
    }

    private static ApsaraMqttClient connected(FaultProxy proxy, ClientId id, MqttVersion version) {
        ApsaraMqttClient client = ApsaraMqttClient.builder()
                .endpoint("tcp://127.0.0.1:" + proxy.port())
                .profile(Profile.GENERIC)
                .clientId(id)
                .authentication(Authentication.anonymous())
                .persistentSession(Duration.ofHours(1))
                .keepAlive(Duration.ofSeconds(2))
                .connectTimeout(Duration.ofSeconds(2))
                .operationTimeout(Duration.ofSeconds(3))
                .deliveryTimeout(Duration.ofSeconds(25))
                .reconnectDelay(Duration.ofMillis(20), Duration.ofMillis(300))
                .flowControl(FlowControl.queueing(10_000, 10 << 20))
                .mqttVersion(version)
                .build();
        client.connect();
        return client;
    }
}
