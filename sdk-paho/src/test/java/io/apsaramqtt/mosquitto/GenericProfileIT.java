package io.apsaramqtt.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.ApsaraMqttClientBuilder;
import io.apsaramqtt.client.Connections;
import io.apsaramqtt.client.Inbox;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Profile;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the service does not have, and other brokers do. */
class GenericProfileIT {

    private static @Nullable MosquittoBroker broker;

    private final List<ApsaraMqttClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        broker = MosquittoBroker.start(List.of());
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @AfterEach
    void close() {
        clients.forEach(ApsaraMqttClient::close);
    }

    private static ApsaraMqttClientBuilder builder(MqttVersion version, String clientId) {
        return ApsaraMqttClient.builder()
                .endpoint(Objects.requireNonNull(broker).endpoint())
                .profile(Profile.GENERIC)
                .clientId(ClientId.of(clientId))
                .authentication(Authentication.anonymous())
                .reconnectDelay(Duration.ofMillis(10), Duration.ofMillis(100))
                .mqttVersion(version);
    }

    private ApsaraMqttClient connected(ApsaraMqttClientBuilder builder) {
        ApsaraMqttClient client = builder.build();
        clients.add(client);
        client.connect();
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void aRetainedMessageWaitsForWhoSubscribesLater(MqttVersion version) throws InterruptedException {
        String topic = "/retained/" + version;
        ApsaraMqttClient client = connected(builder(version, "retained"));
        client.publish(Message.of(topic, "kept").withRetained(true));
        Inbox inbox = new Inbox();
        client.subscribe(topic, inbox);
        Message message = inbox.next();
        assertThat(message.text()).isEqualTo("kept");
        assertThat(message.retained()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theWillIsPublishedWhenTheClientIsGoneWithoutAWord(MqttVersion version) throws InterruptedException {
        ApsaraMqttClient watcher = connected(builder(version, "watcher"));
        Inbox inbox = new Inbox();
        watcher.subscribe("wills/+", Qos.EXACTLY_ONCE, inbox);
        Connections connections = new Connections();
        connected(builder(version, "mortal")
                .will(Message.of("wills/mortal", "gone").withQos(Qos.EXACTLY_ONCE))
                .connectionListener(connections));
        // A second client of the same ID throws the first one out.
        connected(builder(version, "mortal"));
        await().until(() -> connections.told().contains("lost"));
        Message will = inbox.next();
        assertThat(will.text()).isEqualTo("gone");
        assertThat(will.topic().value()).isEqualTo("wills/mortal");
        assertThat(will.qos()).isEqualTo(Qos.EXACTLY_ONCE);
    }

    @ParameterizedTest
    @EnumSource
    void aSharedSubscriptionSharesTheMessages(MqttVersion version) throws InterruptedException {
        Inbox inbox = new Inbox();
        ApsaraMqttClient first = connected(builder(version, "worker-1"));
        ApsaraMqttClient second = connected(builder(version, "worker-2"));
        first.subscribe("$share/workers/jobs/#", inbox);
        second.subscribe("$share/workers/jobs/#", inbox);
        for (int i = 0; i < 20; i++) {
            first.publish("jobs/a", "x" + i);
        }
        assertThat(inbox.texts(20)).doesNotHaveDuplicates();
        assertThat(inbox.rest()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aWildcardMayStandInTheFirstLevel(MqttVersion version) throws InterruptedException {
        ApsaraMqttClient client = connected(builder(version, "wild"));
        Inbox inbox = new Inbox();
        client.subscribe("+/wild", inbox);
        client.publish("any/wild", "x");
        assertThat(inbox.texts(1)).containsExactly("x");
    }
}
