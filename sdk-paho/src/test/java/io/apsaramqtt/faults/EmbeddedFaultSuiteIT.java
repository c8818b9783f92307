package io.apsaramqtt.faults;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.healing.Quarantine;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import io.apsaramqtt.test.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Faults between the client and the embedded broker, as with the service: signed, of a RAM user, on an instance of its own. QoS
 * 2 has a clean session there; its messages go to a client that has a good network, as what is sent to one that is away is lost.
 */
class EmbeddedFaultSuiteIT extends FaultSuite {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final AccessKey USER = AccessKey.of("LTAI5tUserOfFaults", "secret-of-the-user");
    private static final String GROUP = "GID_faults";
    private static final Policy EVERYTHING = Policy.system("AliyunMQFullAccess");

    @TestFactory
    Stream<DynamicTest> faultsOfTheNetwork(FaultReport report) {
        return everyVersion(
                "Embedded broker, QoS 1, the network",
                Trouble.OF_THE_NETWORK,
                EmbeddedFaultSuiteIT::kept,
                Qos.AT_LEAST_ONCE,
                Allowed.DUPLICATES,
                report);
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheService(FaultReport report) {
        return everyVersion(
                "Embedded broker, QoS 1, the service",
                EmbeddedTrouble.OF_THE_SERVICE,
                EmbeddedFaultSuiteIT::kept,
                Qos.AT_LEAST_ONCE,
                Allowed.DUPLICATES,
                report);
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTheServiceAreBorneByP2pMessages(FaultReport report) {
        return everyVersion(
                "Embedded broker, QoS 1, P2P messages, the service",
                EmbeddedTrouble.OF_THE_SERVICE,
                EmbeddedFaultSuiteIT::p2pToAnother,
                Qos.AT_LEAST_ONCE,
                Allowed.DUPLICATES,
                report);
    }

    @TestFactory
    Stream<DynamicTest> cutsAreBorneExactlyOnce(FaultReport report) {
        return everyVersion(
                "Embedded broker, QoS 2 in a clean session, cuts",
                Trouble.OF_PUBLISHING_EXACTLY_ONCE,
                EmbeddedFaultSuiteIT::clean,
                Qos.EXACTLY_ONCE,
                Allowed.NOTHING,
                report);
    }

    @TestFactory
    Stream<DynamicTest> anInstanceThatForgetsIsSurvived(FaultReport report) {
        return everyVersion(
                "Embedded broker, QoS 1, forgotten sessions",
                EmbeddedTrouble.FORGETTING,
                EmbeddedFaultSuiteIT::kept,
                Qos.AT_LEAST_ONCE,
                Allowed.LOSSES,
                report);
    }

    private static String newInstanceId() {
        return "post-cn-faults" + NUMBER.incrementAndGet();
    }

    private static Supplier<EmbeddedApsaraMqtt> instance(String instanceId) {
        return () -> EmbeddedApsaraMqtt.builder()
                .instanceId(instanceId)
                .group(GROUP)
                .user(USER, EVERYTHING)
                .start();
    }

    private static ClientId newClientId() {
        return ClientId.of(GROUP, "fault-" + NUMBER.incrementAndGet());
    }

    /** A client that puts no topic into quarantine before its permissions are back. */
    private static ApsaraMqttClientBuilder signed(String instanceId, ClientId id, MqttVersion version) {
        return quick(id, version)
                .instanceId(instanceId)
                .credentials(CredentialsProvider.of(USER))
                .quarantine(new Quarantine(1_000, Duration.ofSeconds(5), Duration.ofMinutes(5)));
    }

    private static Scene<EmbeddedTrouble> kept(MqttVersion version, Qos qos) {
        String instanceId = newInstanceId();
        ClientId id = newClientId();
        EmbeddedApsaraMqtt opened = instance(instanceId).get();
        FaultProxy proxy = FaultProxy.to("127.0.0.1", opened.port());
        ApsaraMqttClient client = connected(
                signed(instanceId, id, version).endpoint(proxy.endpoint()).persistentSession());
        EmbeddedTrouble trouble =
                new EmbeddedTrouble(proxy, client, id, USER.id(), EVERYTHING, opened, instance(instanceId));
        return new Scene<>(trouble, ClientLink.toItself(client, "faults/numbers", qos), List.of(id), List.of(trouble));
    }

    private static Scene<EmbeddedTrouble> p2pToAnother(MqttVersion version, Qos qos) {
        ClientLink.Numbers numbers = new ClientLink.Numbers();
        return toAnother(
                version,
                builder -> builder.persistentSession().p2pListener(numbers),
                (client, receiver) -> new ClientLink(
                        client, TopicName.p2p("faults", receiver.clientId()).value(), qos, numbers));
    }

    private static Scene<EmbeddedTrouble> clean(MqttVersion version, Qos qos) {
        return toAnother(
                version,
                builder -> builder,
                (client, receiver) -> ClientLink.between(client, receiver, "faults/numbers", qos));
    }

    private static Scene<EmbeddedTrouble> toAnother(
            MqttVersion version,
            UnaryOperator<ApsaraMqttClientBuilder> with,
            BiFunction<ApsaraMqttClient, ApsaraMqttClient, ClientLink> link) {
        String instanceId = newInstanceId();
        ClientId id = newClientId();
        ClientId other = newClientId();
        EmbeddedApsaraMqtt opened = instance(instanceId).get();
        FaultProxy proxy = FaultProxy.to("127.0.0.1", opened.port());
        ApsaraMqttClient client =
                connected(with.apply(signed(instanceId, id, version)).endpoint(proxy.endpoint()));
        ApsaraMqttClient receiver =
                connected(with.apply(signed(instanceId, other, version)).endpoint(opened.endpoint()));
        EmbeddedTrouble trouble =
                new EmbeddedTrouble(proxy, client, id, USER.id(), EVERYTHING, opened, instance(instanceId));
        return new Scene<>(trouble, link.apply(client, receiver), List.of(id, other), List.of(receiver, trouble));
    }
}
