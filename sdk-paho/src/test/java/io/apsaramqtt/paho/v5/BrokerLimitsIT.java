package io.apsaramqtt.paho.v5;

import static io.apsaramqtt.client.Futures.failureOf;
import static io.apsaramqtt.client.Futures.get;
import static io.apsaramqtt.client.transport.Packet.Type.PINGREQ;
import static io.apsaramqtt.client.transport.Packet.Type.PUBACK;
import static io.apsaramqtt.client.transport.Packet.Type.PUBCOMP;
import static io.apsaramqtt.client.transport.Packet.Type.PUBLISH;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREC;
import static io.apsaramqtt.client.transport.Packet.Type.PUBREL;
import static io.apsaramqtt.client.transport.Packet.Type.SUBSCRIBE;
import static io.apsaramqtt.client.transport.Packet.Type.UNSUBSCRIBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.Bytes;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.Inbox;
import io.apsaramqtt.client.transport.Packet;
import io.apsaramqtt.client.transport.ScriptedBroker;
import io.apsaramqtt.client.transport.SocketFactories;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.Transports;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What MQTT 5 lets a broker say, and Paho makes nothing or the wrong thing of. */
class BrokerLimitsIT {

    private static final Message MESSAGE = Message.of("topics/a", "a");

    /** Properties of 9 bytes: a reason string. */
    private static final Bytes REASON = Bytes.of(9, 0x1F).and(Bytes.text("因为"));

    private final ScriptedBroker broker = new ScriptedBroker(MqttVersion.V5);
    private final Transports transports = new Transports(MqttVersion.V5);
    private final Inbox inbox = new Inbox();
    private Transports.Connected connected;
    private Transport transport;
    private ScriptedBroker.Link link;

    @SuppressWarnings("NullAway.Init") // set when connected
    BrokerLimitsIT() {}

    @AfterEach
    void close() {
        transports.close();
        broker.close();
    }

    /** Connects to a broker whose CONNACK has these properties. */
    private void connect(int... properties) {
        Transport created = transports.create(broker.endpoint(), inbox);
        var connecting = created.connect(Transports.packet(false), SocketFactories.of(broker.endpoint()));
        link = broker.accept();
        Packet connect = link.accept(false, Bytes.of(properties));
        transport = created;
        connected = new Transports.Connected(transport, link, connect, get(connecting));
    }

    private void awaitNothingSent() {
        transport.publish(0, false, Message.of("marks", "mark").withQos(Qos.AT_MOST_ONCE));
        assertThat(link.next(PUBLISH, 0).topic()).isEqualTo("marks");
    }

    // CONNECT

    @Test
    void theConnectAsksForWhatMqtt5Has() {
        connect();
        Bytes body = connected.connect().body();
        // Session expiry, receive maximum, topic alias maximum, request problem information.
        assertThat(body.contain(Bytes.of(0x11, 0, 0, 1, 0x2C))).isTrue();
        assertThat(body.contain(Bytes.of(0x21, 0, 100))).isTrue();
        assertThat(body.contain(Bytes.of(0x22, 0, 0))).isTrue();
        assertThat(body.contain(Bytes.of(0x17, 1))).isTrue();
    }

    @Test
    void theWillHasItsProperties() {
        Transport created = transports.create(broker.endpoint(), inbox);
        Message will = Message.of("wills/a", "gone")
                .withProperties(MessageProperties.none().withUserProperty("region", "cn"));
        var packet = new ConnectPacket(
                new SignedConnect(null, null, null),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                true,
                Duration.ZERO,
                100,
                will);
        created.connect(packet, SocketFactories.of(broker.endpoint()));
        Packet connect = broker.accept().accept(false);
        assertThat(connect.body()
                        .contain(Bytes.of(0x26)
                                .and(Bytes.text("region"))
                                .and(Bytes.text("cn"))
                                .and(Bytes.text("wills/a"))))
                .isTrue();
    }

    // Receive maximum

    @ParameterizedTest
    @CsvSource({"0, 20, 20", "255, 255, 65535", "128, 0, 32768"})
    void theReceiveMaximumOfTheBrokerIsTold(int high, int low, int maximum) {
        connect(0x21, high, low);
        assertThat(connected.ack().receiveMaximum()).isEqualTo(maximum);
        var published = transport.publish(1, false, MESSAGE);
        link.next(PUBLISH, 1);
        link.answer(PUBACK, 1);
        assertThat(get(published)).isEqualTo(Ack.SUCCESS);
    }

    @Test
    void aFullWindowHoldsBackNoMessageOfQos0() {
        connect(0x21, 0, 2);
        List<CompletableFuture<Ack>> window = new ArrayList<>();
        for (int packetId = 1; packetId <= 2; packetId++) {
            window.add(transport.publish(packetId, false, MESSAGE));
            link.next(PUBLISH, packetId);
        }
        assertThat(get(transport.publish(0, false, MESSAGE.withQos(Qos.AT_MOST_ONCE))))
                .isEqualTo(Ack.SUCCESS);
        link.next(PUBLISH, 0);
        link.answer(PUBACK, 1);
        link.answer(PUBACK, 2);
        window.forEach(published -> assertThat(get(published)).isEqualTo(Ack.SUCCESS));
    }

    // Other limits

    @Test
    void aTopicAliasIsNeverUsed() {
        connect(0x22, 0, 10);
        for (int packetId = 1; packetId <= 3; packetId++) {
            transport.publish(packetId, false, MESSAGE);
            Packet packet = link.next(PUBLISH, packetId);
            assertThat(packet.topic()).isEqualTo("topics/a");
            assertThat(packet.body().contain(Bytes.id(packetId).and(Bytes.of(0, 'a'))))
                    .isTrue();
        }
    }

    @Test
    void whatTheConnackForbidsIsRefusedAndNotChangedNorSent() {
        // Maximum QoS 1, no retained messages, packets of 40 bytes.
        connect(0x24, 1, 0x25, 0, 0x27, 0, 0, 0, 40);
        assertThat(get(transport.publish(1, false, MESSAGE.withQos(Qos.EXACTLY_ONCE)))
                        .code())
                .isEqualTo(0x9B);
        assertThat(get(transport.publish(1, false, MESSAGE.withRetained(true))).code())
                .isEqualTo(0x9A);
        assertThat(get(transport.publish(1, false, Message.of("topics/a", "x".repeat(30))))
                        .code())
                .isEqualTo(0x95);
        awaitNothingSent();
        // What comes in may be longer.
        link.publish(1, 1, false, "topics/a", "x".repeat(100));
        assertThat(inbox.next().text()).hasSize(100);
    }

    @Test
    void theKeepAliveOfTheBrokerCountsFromTheStart() {
        // The client asks for a minute.
        connect(0x13, 0, 1);
        for (int i = 0; i < 3; i++) {
            link.next(PINGREQ);
            link.pingresp();
        }
        assertThat(inbox.losses()).isEmpty();
    }

    // Reason codes and strings

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2})
    void aRefusedSubscriptionIsToldWhateverItsCode(int code) {
        connect();
        var subscribed = transport.subscribe(
                7,
                List.of(
                        Transports.subscription("a", Qos.AT_LEAST_ONCE),
                        Transports.subscription("b", Qos.AT_LEAST_ONCE)));
        link.next(SUBSCRIBE, 7);
        link.suback(7, 1, code);
        assertThat(get(subscribed)).extracting(Ack::code).containsExactly(1, code);
        awaitNothingSent();
    }

    @Test
    void theAnswersToAnUnsubscribeAreTold() {
        connect();
        var unsubscribed =
                transport.unsubscribe(7, List.of(TopicFilter.of("a"), TopicFilter.of("b"), TopicFilter.of("c")));
        link.next(UNSUBSCRIBE, 7);
        link.unsuback(7, 0, 0x11, 0x87);
        assertThat(get(unsubscribed)).extracting(Ack::code).containsExactly(0, 0x11, 0x87);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99})
    void theCodeOfAPubackIsTold(int code) {
        connect();
        var published = transport.publish(7, false, MESSAGE);
        link.next(PUBLISH, 7);
        link.answer(PUBACK, 7, code);
        assertThat(get(published)).isEqualTo(new Ack(code, null));
        awaitNothingSent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99})
    void aPubrecThatRefusesCostsTheMessageAndNotTheConnection(int code) {
        connect();
        var published = transport.publish(7, false, MESSAGE.withQos(Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 7);
        link.answer(PUBREC, 7, code);
        assertThat(get(published)).isEqualTo(new Ack(code, null));
        awaitNothingSent();
        assertThat(inbox.publishReceived()).isEmpty();
        // The identifier is free.
        var next = transport.publish(7, false, MESSAGE.withQos(Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 7);
        link.answer(PUBREC, 7);
        link.next(PUBREL, 7);
        link.answer(PUBCOMP, 7);
        assertThat(get(next)).isEqualTo(Ack.SUCCESS);
        assertThat(inbox.losses()).isEmpty();
    }

    @Test
    void aPubrecWithoutSubscribersIsASuccessOfItsOwn() {
        connect();
        var published = transport.publish(7, false, MESSAGE.withQos(Qos.EXACTLY_ONCE));
        link.next(PUBLISH, 7);
        link.answer(PUBREC, 7, 0x10);
        link.next(PUBREL, 7);
        link.answer(PUBCOMP, 7);
        assertThat(get(published)).isEqualTo(new Ack(0x10, null));
    }

    @Test
    void aReleaseOfWhatTheBrokerDoesNotKnowIsToldAsSuch() {
        connect();
        var released = transport.release(7);
        link.next(PUBREL, 7);
        link.answer(PUBCOMP, 7, 0x92);
        assertThat(get(released)).isEqualTo(new Ack(0x92, null));
    }

    @Test
    void reasonStringsAreTold() {
        connect();
        var published = transport.publish(7, false, MESSAGE);
        link.next(PUBLISH, 7);
        link.send(Bytes.packet(0x40, Bytes.id(7).and(Bytes.of(0x87)).and(REASON)));
        assertThat(get(published)).isEqualTo(new Ack(0x87, "因为"));
        var subscribed = transport.subscribe(8, List.of(Transports.subscription("a", Qos.AT_LEAST_ONCE)));
        link.next(SUBSCRIBE, 8);
        link.send(Bytes.packet(0x90, Bytes.id(8).and(REASON).and(Bytes.of(0x97))));
        assertThat(get(subscribed)).containsExactly(new Ack(0x97, "因为"));
    }

    @ParameterizedTest
    @CsvSource({"0x87, REFUSED", "0x84, PROTOCOL", "0x88, UNREACHABLE", "0x99, REFUSED", "0x9B, REFUSED"})
    void aRefusedConnectIsToldWithItsCode(String code, ConnectFailedException.Reason reason) {
        Transport refused = transports.create(broker.endpoint(), inbox);
        var connecting = refused.connect(Transports.packet(true), SocketFactories.of(broker.endpoint()));
        link = broker.accept();
        link.next(Packet.Type.CONNECT);
        link.send(Bytes.of(0x20, 3, 0, Integer.decode(code), 0));
        assertThat(failureOf(connecting)).isInstanceOfSatisfying(ConnectFailedException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.reasonCode()).hasValue(Integer.decode(code));
        });
    }

    @Test
    void theDisconnectOfTheBrokerIsTold() {
        connect();
        link.send(Bytes.packet(0xE0, Bytes.of(0x8E).and(REASON)));
        var loss = inbox.nextLoss();
        assertThat(loss.reasonCode()).hasValue(0x8E);
        assertThat(loss).hasMessageContaining("因为");
    }

    // What should not come

    @Test
    void aPubrecThatNobodyAskedForIsALoss() {
        connect();
        link.answer(PUBREC, 9);
        assertThat(inbox.nextLoss()).hasMessageContaining("PUBREC for packet [9], which was not sent");
        link.awaitEnd();
    }

    @Test
    void aPubrelWithACodeIsCompleted() {
        connect();
        link.publish(5, 2, false, "topics/a", "a");
        link.next(PUBREC, 5);
        link.answer(PUBREL, 5, 0x92);
        link.next(PUBCOMP, 5);
        assertThat(inbox.next().text()).isEqualTo("a");
    }

    // Properties of messages

    @Test
    void propertiesGoOutAndComeIn() {
        connect();
        MessageProperties properties = MessageProperties.none()
                .withUserProperty("名", "😀")
                .withUserProperty("名", "")
                .withContentType("text/plain")
                .withExpiry(Duration.ofMinutes(5))
                .withResponseTopic(TopicName.of("answers/a"))
                .withCorrelationData(new byte[] {1, 0, -1})
                .withText(true);
        transport.publish(7, false, MESSAGE.withProperties(properties));
        Packet packet = link.next(PUBLISH, 7);
        Bytes user = Bytes.of(0x26).and(Bytes.text("名"));
        for (Bytes part : List.of(
                Bytes.of(0x01, 1),
                Bytes.of(0x02, 0, 0, 1, 0x2C),
                Bytes.of(0x03).and(Bytes.text("text/plain")),
                Bytes.of(0x08).and(Bytes.text("answers/a")),
                Bytes.of(0x09, 0, 3, 1, 0, 0xFF),
                user.and(Bytes.text("😀")).and(user).and(Bytes.text("")))) {
            assertThat(packet.body().contain(part)).isTrue();
        }
        link.send(Bytes.packet(packet.first(), packet.body()));
        assertThat(inbox.next()).isEqualTo(new Inbox.Received(7, MESSAGE.withProperties(properties)));
    }

    @Test
    void aControlCharacterInAPropertyFailsTheCallAndNotTheConnection() {
        connect();
        MessageProperties properties = MessageProperties.none().withUserProperty("trace", "a\nb");
        assertThat(failureOf(transport.publish(7, false, MESSAGE.withProperties(properties))))
                .hasMessageContaining("The packet was not sent: Invalid UTF-8 char: [000a]");
        awaitNothingSent();
    }
}
