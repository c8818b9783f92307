package io.apsaramqtt.faults;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.mosquitto.MosquittoBroker;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.test.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Faults between the client and a real Mosquitto that keeps its sessions. */
class FaultSuiteIT extends FaultSuite {

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

    @TestFactory
    Stream<DynamicTest> faultsOfTheNetwork(FaultReport report) {
        return everyVersion(
                "Mosquitto, QoS 1, the network",
                Trouble.OF_THE_NETWORK,
                FaultSuiteIT::scene,
                Qos.AT_LEAST_ONCE,
                Allowed.DUPLICATES,
                report);
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheBroker(FaultReport report) {
        return everyVersion(
                "Mosquitto, QoS 1, the broker",
                MosquittoTrouble.OF_THE_BROKER,
                FaultSuiteIT::scene,
                Qos.AT_LEAST_ONCE,
                Allowed.DUPLICATES,
                report);
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheBrokerAreBorneExactlyOnce(FaultReport report) {
        return everyVersion(
                "Mosquitto, QoS 2, the broker",
                MosquittoTrouble.OF_THE_BROKER,
                FaultSuiteIT::scene,
                Qos.EXACTLY_ONCE,
                Allowed.NOTHING,
                report);
    }

    @TestFactory
    Stream<DynamicTest> cutsAreBorneExactlyOnce(FaultReport report) {
        return everyVersion(
                "Mosquitto, QoS 2, cuts",
                Stream.concat(Trouble.OF_PUBLISHING_EXACTLY_ONCE.stream(), Trouble.OF_RECEIVING_EXACTLY_ONCE.stream())
                        .toList(),
                FaultSuiteIT::scene,
                Qos.EXACTLY_ONCE,
                Allowed.NOTHING,
                report);
    }

    @TestFactory
    Stream<DynamicTest> aKilledBrokerIsSurvived(FaultReport report) {
        return everyVersion(
                "Mosquitto, QoS 1, killed",
                MosquittoTrouble.KILLED,
                FaultSuiteIT::scene,
                Qos.AT_LEAST_ONCE,
                Allowed.LOSSES,
                report);
    }

    private static Scene<MosquittoTrouble> scene(MqttVersion version, Qos qos) {
        ClientId id = ClientId.of("fault-" + NUMBER.incrementAndGet());
        FaultProxy proxy = FaultProxy.to("127.0.0.1", broker.port());
        ApsaraMqttClient client = connected(quick(id, version)
                .endpoint(proxy.endpoint())
                .profile(Profile.GENERIC)
                .authentication(Authentication.anonymous())
                .persistentSession(Duration.ofHours(1)));
        return new Scene<>(
                new MosquittoTrouble(proxy, broker, client),
                ClientLink.toItself(client, "faults/" + id, qos),
                List.of(id),
                List.of());
    }
}
