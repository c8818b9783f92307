package io.apsaramqtt.mosquitto;

import static io.apsaramqtt.client.Futures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The client against a real Mosquitto and its own clients, on both versions. */
@ParameterizedClass
@EnumSource(MqttVersion.class)
class RealMosquittoIT {

    private static final String INSTANCE = "mqtt-xxxxx";
    private static final ClientId CLIENT_ID = ClientId.of("GID_Test@@@0001");
    /** The inputs printed in the service's pages. */
    private static final CredentialsProvider CREDENTIALS = CredentialsProvider.of(AccessKey.of("YYYYY", "XXXXX"));

    private static final User TOOL = new User("tool", "tool-password");

    @Parameter
    private MqttVersion version = MqttVersion.V3_1_1;

    @Nullable
    private static MosquittoBroker started;

    @BeforeAll
    static void start() {
        MosquittoBroker.require("mosquitto", "mosquitto_passwd", "mosquitto_pub", "mosquitto_sub");
        SignedConnect signed = Authentication.signature(INSTANCE, CREDENTIALS).sign(CLIENT_ID);
        started = MosquittoBroker.start(List.of(
                new User(signed.username().orElseThrow(), signed.password().orElseThrow()), TOOL));
    }

    @AfterAll
    static void stop() {
        if (started != null) {
            started.close();
        }
    }

    private static MosquittoBroker broker() {
        return Objects.requireNonNull(started);
    }

    private ApsaraMqttClientBuilder builder() {
        return ApsaraMqttClient.builder()
                .endpoint(broker().endpoint())
                .instanceId(INSTANCE)
                .clientId(CLIENT_ID)
                .credentials(CREDENTIALS)
                .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                .mqttVersion(version);
    }

    private ApsaraMqttClient connected() {
        ApsaraMqttClient client = builder().build();
        client.connect();
        return client;
    }

    private MosquittoClients tools() {
        return new MosquittoClients(broker(), TOOL, version);
    }

    static Stream<Arguments> payloads() {
        byte[] binary = new byte[65_536];
        new Random(2).nextBytes(binary);
        byte[] text = "过热 42 °C \uD83D\uDD25 ".repeat(4_000).getBytes(StandardCharsets.UTF_8);
        return Stream.of(Qos.values())
                .flatMap(qos -> Stream.of(
                        Arguments.of(qos, "nothing", new byte[0]),
                        Arguments.of(qos, "1,024 bytes", Arrays.copyOf(binary, 1_024)),
                        Arguments.of(qos, "65,536 bytes", binary),
                        Arguments.of(
                                qos,
                                "a line of UTF-8",
                                "42 °C, 过热 \uD83D\uDD25\n\r\0".getBytes(StandardCharsets.UTF_8)),
                        Arguments.of(qos, "65,536 bytes of UTF-8", Arrays.copyOf(text, 65_536))));
    }

    @ParameterizedTest(name = "QoS {0}, {1}")
    @MethodSource("payloads")
    void mosquittoSubReceivesWhatTheSdkPublishes(Qos qos, String name, byte[] payload) throws Exception {
        try (ApsaraMqttClient client = connected();
                MosquittoClients.Subscriber subscriber = tools().subscribe("alarms/#", qos)) {
            client.publish("alarms/device-1", payload, qos);
            assertThat(Futures.get(subscriber.said()))
                    .isEqualTo(("alarms/device-1 " + qos.code() + " " + payload.length + " "
                                    + HexFormat.of().formatHex(payload))
                            .trim());
        }
    }

    @ParameterizedTest(name = "QoS {0}, {1}")
    @MethodSource("payloads")
    void theSdkReceivesWhatMosquittoPubPublishes(Qos qos, String name, byte[] payload) throws Exception {
        try (ApsaraMqttClient client = connected()) {
            Inbox inbox = new Inbox();
            client.subscribe("alarms/#", qos, inbox);
            tools().publish("alarms/device-1", qos, payload);
            assertThat(inbox.next())
                    .isEqualTo(Message.of("alarms/device-1", payload).withQos(qos));
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (ApsaraMqttClient client = builder()
                .credentials(CredentialsProvider.of(AccessKey.of("YYYYY", "another")))
                .build()) {
            assertThat(failureOf(client.connectAsync())).isInstanceOfSatisfying(ConnectFailedException.class, e -> {
                assertThat(e.reason()).isEqualTo(Reason.REFUSED);
                assertThat(e.reasonCode()).hasValue(version == MqttVersion.V5 ? 0x87 : 5);
            });
        }
    }

    @Test
    void twoThousandFastPublishesAllArriveInOrder() throws InterruptedException {
        try (ApsaraMqttClient client = builder().window(1_000).build()) {
            client.connect();
            Inbox inbox = new Inbox();
            client.subscribe("alarms/#", inbox);
            List<CompletableFuture<Void>> published = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                published.add(client.publishAsync("alarms/a", Integer.toString(i)));
            }
            published.forEach(Futures::get);
            assertThat(inbox.texts(2_000))
                    .isEqualTo(IntStream.range(0, 2_000)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    @Test
    void aTakenOverClientComesBackAndIsSubscribed() throws InterruptedException {
        Connections connections = new Connections();
        try (ApsaraMqttClient client = builder().connectionListener(connections).build()) {
            client.connect();
            Inbox inbox = new Inbox();
            client.subscribe("alarms/#", inbox);
            try (ApsaraMqttClient rival = builder().build()) {
                rival.connect();
                await().until(() -> connections.told().contains("lost"));
            }
            await().until(client::isConnected);
            client.publish("alarms/a", "back");
            assertThat(inbox.texts(1)).containsExactly("back");
        }
    }
}
