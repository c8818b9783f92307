package io.apsaramqtt.mosquitto;

import static io.apsaramqtt.client.Futures.get;
import static io.apsaramqtt.client.transport.Transports.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Inbox;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.Transports;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Properties of MQTT 5, to and from clients that share no code with Paho. */
class MosquittoPropertiesIT {

    private static final User USER = new User("user", "password");

    private final MosquittoBroker broker = MosquittoBroker.start(List.of(USER));
    private final MosquittoClients clients = new MosquittoClients(broker, USER, MqttVersion.V5);
    private final Transports transports = new Transports(MqttVersion.V5);
    private final Inbox inbox = new Inbox();

    @AfterEach
    void close() {
        transports.close();
        broker.close();
    }

    private Transport connect() {
        Endpoint endpoint = Endpoint.parse(broker.endpoint());
        Transport transport = transports.create(endpoint, inbox);
        SignedConnect signed = new SignedConnect(USER.name(), USER.password(), null);
        get(transport.connect(Transports.packet(signed, true), SocketFactories.of(endpoint)));
        return transport;
    }

    @Test
    void whatMosquittoPubSaysIsRead() throws IOException {
        get(connect().subscribe(1, List.of(subscription("alarms/#", Qos.AT_LEAST_ONCE))));
        clients.publish(
                "alarms/a",
                Qos.AT_LEAST_ONCE,
                "{}".getBytes(StandardCharsets.UTF_8),
                "-D",
                "publish",
                "user-property",
                "region",
                "cn",
                "-D",
                "publish",
                "user-property",
                "region",
                "eu",
                "-D",
                "publish",
                "content-type",
                "application/json",
                "-D",
                "publish",
                "message-expiry-interval",
                "600",
                "-D",
                "publish",
                "response-topic",
                "answers/a",
                "-D",
                "publish",
                "correlation-data",
                "token",
                "-D",
                "publish",
                "payload-format-indicator",
                "1");
        MessageProperties properties = inbox.next().message().properties();
        assertThat(properties.expiry().orElseThrow()).isBetween(Duration.ofSeconds(500), Duration.ofSeconds(600));
        assertThat(properties.withExpiry(Duration.ZERO))
                .isEqualTo(MessageProperties.none()
                        .withUserProperty("region", "cn")
                        .withUserProperty("region", "eu")
                        .withContentType("application/json")
                        .withExpiry(Duration.ZERO)
                        .withResponseTopic(TopicName.of("answers/a"))
                        .withCorrelationData("token".getBytes(StandardCharsets.UTF_8))
                        .withText(true));
    }

    @Test
    void whatIsPublishedMosquittoSubReads() throws IOException {
        Transport transport = connect();
        try (var subscriber = clients.subscribe("alarms/#", Qos.AT_LEAST_ONCE, "%C|%R|%D|%F|%P")) {
            MessageProperties properties = MessageProperties.none()
                    .withUserProperty("region", "cn")
                    .withUserProperty("level", "high")
                    .withContentType("application/json")
                    .withResponseTopic(TopicName.of("answers/a"))
                    .withCorrelationData("token".getBytes(StandardCharsets.UTF_8))
                    .withText(true);
            get(transport.publish(1, false, Message.of("alarms/a", "{}").withProperties(properties)));
            assertThat(get(subscriber.said())).isEqualTo("application/json|answers/a|token|1|region:cn level:high");
        }
    }
}
