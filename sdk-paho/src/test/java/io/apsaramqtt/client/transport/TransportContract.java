package io.apsaramqtt.client.transport;

import static io.apsaramqtt.client.transport.Transports.packet;

import io.apsaramqtt.client.transport.ScriptedBroker.Link;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import org.junit.jupiter.api.AfterEach;

/** A transport of either version and a broker that does what a test says. */
abstract class TransportContract {

    final MqttVersion version;
    final ScriptedBroker broker;
    final Transports transports;
    Inbox inbox = new Inbox();
    Transport transport;
    Link link;
    Packet connect;
    ConnectAck ack;

    @SuppressWarnings("NullAway.Init") // set when connected
    TransportContract(MqttVersion version) {
        this.version = version;
        this.broker = new ScriptedBroker(version);
        this.transports = new Transports(version);
    }

    @AfterEach
    void close() {
        inbox.letGo();
        transports.close();
        broker.close();
    }

    boolean isV5() {
        return version == MqttVersion.V5;
    }

    /** Connects for the first time: the broker keeps the session. */
    void connect() {
        connect(packet(false), false);
    }

    /** The next transport of the same client; the old one is closed, and what it told is kept. */
    void connectAgain(boolean sessionPresent) {
        transport.close();
        connect(packet(false), sessionPresent);
    }

    void connect(ConnectPacket packet, boolean sessionPresent) {
        Transports.Connected connected = transports.connect(broker, inbox, packet, sessionPresent);
        transport = connected.transport();
        link = connected.link();
        connect = connected.connect();
        ack = connected.ack();
    }

    /** The connection ends without a word, and the transport has told so. */
    void cut() {
        link.cut();
        inbox.nextLoss();
    }

    /** Waits until all that the broker sent before was handed on, if it was to be. */
    void awaitHandedOn() {
        String mark = "mark " + System.nanoTime();
        link.publish(0, 0, false, "marks", mark);
        Inbox.Received next = inbox.next();
        while (!next.text().equals(mark)) {
            next = inbox.next();
        }
        inbox.texts().remove(mark);
    }

    /** Waits until all that the transport wanted to send was sent, and fails if that was anything. */
    void awaitNothingSent() {
        transport.publish(0, false, message("mark", Qos.AT_MOST_ONCE));
        link.next(Packet.Type.PUBLISH, 0);
    }

    static Message message(String text, Qos qos) {
        return Message.of("topics/a", text).withQos(qos);
    }
}
