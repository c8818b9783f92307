package io.apsaramqtt.mosquitto;

import static io.apsaramqtt.client.Futures.get;
import static io.apsaramqtt.client.transport.Transports.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.Inbox;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.Transports;
import io.apsaramqtt.mosquitto.MosquittoBroker.User;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Negative acknowledgements of a broker that stays connected: Paho reports them as success, or drops the connection. */
class MosquittoRefusedTransportIT {

    private static final User USER = new User("user", "password");

    private static @Nullable MosquittoBroker broker;

    @BeforeAll
    static void start() {
        broker = DynamicSecurity.start(USER);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static Transport connect(Transports transports, Inbox inbox) {
        if (broker == null) {
            throw new IllegalStateException("Not started");
        }
        Endpoint endpoint = Endpoint.parse(broker.endpoint());
        Transport transport = transports.create(endpoint, inbox);
        SignedConnect signed = new SignedConnect(USER.name(), USER.password(), null);
        get(transport.connect(Transports.packet(signed, true), SocketFactories.of(endpoint)));
        return transport;
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedSubscriptionIsTold(MqttVersion version) {
        Inbox inbox = new Inbox();
        try (Transports transports = new Transports(version)) {
            Transport transport = connect(transports, inbox);
            List<Ack> answers = get(transport.subscribe(
                    1,
                    List.of(subscription("alarms/#", Qos.EXACTLY_ONCE), subscription("others/#", Qos.AT_LEAST_ONCE))));
            assertThat(answers).extracting(Ack::code).containsExactly(2, version == MqttVersion.V5 ? 0x87 : 0x80);
            assertThat(get(transport.publish(1, false, Message.of("alarms/a", "a")))
                            .isRefused())
                    .isFalse();
            assertThat(inbox.next().text()).isEqualTo("a");
        }
    }

    @Test
    void aRefusedMessageCostsTheMessageAndNotTheConnection() {
        Inbox inbox = new Inbox();
        try (Transports transports = new Transports(MqttVersion.V5)) {
            Transport transport = connect(transports, inbox);
            Message refused = Message.of("others/a", "a");
            for (int packetId = 1; packetId <= 3; packetId++) {
                assertThat(get(transport.publish(packetId, false, refused)).code())
                        .isEqualTo(0x87);
                assertThat(get(transport.publish(packetId, false, refused.withQos(Qos.EXACTLY_ONCE)))
                                .code())
                        .isEqualTo(0x87);
            }
            assertThat(get(transport.publish(
                                    1, false, Message.of("alarms/a", "a").withQos(Qos.EXACTLY_ONCE)))
                            .isRefused())
                    .isFalse();
            assertThat(inbox.losses()).isEmpty();
        }
    }
}
