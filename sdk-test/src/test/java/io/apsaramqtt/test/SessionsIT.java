package io.apsaramqtt.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAck;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SessionsIT {

    private static final AccessKey KEY = AccessKey.of("LTAI5tSessionsKey1", "sessions-secret");

    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    @Test
    void anOfflineClientGetsAllItsMessagesInOrderAndP2pToo() {
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder().start();
                Device sender = Device.of(instance, MqttVersion.V5, "sender").connect()) {
            Mqtt3AsyncClient sleeper = sleeper(instance);
            connect(instance, sleeper);
            Device.await(sleeper.subscribeWith()
                    .topicFilter("alarms/#")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send());
            Device.await(sleeper.disconnect());
            List<String> texts =
                    IntStream.range(0, 3_000).mapToObj(Integer::toString).toList();
            CompletableFuture<?>[] publishing = texts.stream()
                    .map(text -> sender.publishing("alarms/x", Qos.AT_LEAST_ONCE, false, bytes(text)))
                    .toArray(CompletableFuture<?>[]::new);
            Device.await(CompletableFuture.allOf(publishing));
            sender.publish("billing/p2p/GID_test@@@sleeper", "for you");

            assertThat(connect(instance, sleeper).isSessionPresent()).isTrue();
            Awaitility.await().atMost(Device.PATIENCE).until(() -> received.size() > 3_000);
            assertThat(received).startsWith(texts.toArray(String[]::new)).endsWith("for you");
            Device.await(sleeper.disconnect());
        }
    }

    /** A broker that takes a QoS 2 message and loses it answers the second copy as if it had passed the first on. */
    @RepeatedTest(10)
    void aMessageThatCameJustBeforeTheConnectionWasCutIsDelivered() {
        try (EmbeddedApsaraMqtt instance = EmbeddedApsaraMqtt.builder().start();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", instance.port());
                Device receiver =
                        Device.of(instance, MqttVersion.V5, "receiver").connect()) {
            receiver.subscribe("alarms/#", Qos.EXACTLY_ONCE);
            Mqtt3AsyncClient sender = sleeper(
                    Mqtt3Client.builder().automaticReconnectWithDefaultConfig().simpleAuth(auth(instance)),
                    proxy.port());
            connect(instance, sender);
            CompletableFuture<Void> cut = proxy.cutAfter(Direction.TO_BROKER, PacketType.PUBLISH, 20);
            String[] texts = IntStream.range(0, 20).mapToObj(Integer::toString).toArray(String[]::new);
            CompletableFuture<?>[] publishing = Stream.of(texts)
                    .map(text -> sender.publishWith()
                            .topic("alarms/x")
                            .qos(MqttQos.EXACTLY_ONCE)
                            .payload(bytes(text))
                            .send())
                    .toArray(CompletableFuture<?>[]::new);

            Device.await(CompletableFuture.allOf(publishing));

            assertThat(cut).isDone();
            assertThat(receiver.awaitTexts(20)).containsExactlyInAnyOrder(texts);
            Device.await(sender.disconnect());
        }
    }

    @Test
    void aClosedInstanceLeavesNoSessionToTheNextOne() {
        Mqtt3AsyncClient sleeper;
        try (EmbeddedApsaraMqtt instance = start()) {
            sleeper = sleeper(instance);
            connect(instance, sleeper);
            Device.await(sleeper.disconnect());
        }
        try (EmbeddedApsaraMqtt instance = start()) {
            assertThat(connect(instance, sleeper).isSessionPresent()).isFalse();
            Device.await(sleeper.disconnect());
        }
    }

    @Test
    void anInstanceDoesNotCutTheClientsOfAnother() {
        try (EmbeddedApsaraMqtt instance = start();
                EmbeddedApsaraMqtt other = EmbeddedApsaraMqtt.builder().start();
                Device device = Device.of(other, MqttVersion.V3_1_1, "d").connect()) {
            assertThat(instance.disconnect(ClientId.of("GID_test", "d"))).isFalse();
            assertThat(device.isConnected()).isTrue();
        }
    }

    private static EmbeddedApsaraMqtt start() {
        return EmbeddedApsaraMqtt.builder()
                .instanceId("post-cn-sessions")
                .account(KEY)
                .start();
    }

    private Mqtt3AsyncClient sleeper(EmbeddedApsaraMqtt instance) {
        return sleeper(Mqtt3Client.builder(), instance.port());
    }

    private Mqtt3AsyncClient sleeper(Mqtt3ClientBuilder builder, int port) {
        Mqtt3AsyncClient client = builder.identifier("GID_test@@@sleeper")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> received.add(new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8)));
        return client;
    }

    private static Mqtt3ConnAck connect(EmbeddedApsaraMqtt instance, Mqtt3AsyncClient client) {
        return Device.await(client.connectWith()
                .cleanSession(false)
                .simpleAuth(auth(instance))
                .send());
    }

    private static Mqtt3SimpleAuth auth(EmbeddedApsaraMqtt instance) {
        SignedConnect signed = Authentication.signature(instance.instanceId(), instance.credentials())
                .sign(ClientId.of("GID_test@@@sleeper"));
        return Mqtt3SimpleAuth.builder()
                .username(signed.username().orElseThrow())
                .password(bytes(signed.password().orElseThrow()))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
