package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.mqtt.MqttVersion;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A broker that does what a test tells it, packet by packet. Nothing happens by itself: what a client sends waits until the
 * test reads it.
 */
public final class ScriptedBroker implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final MqttVersion version;
    private final ServerSocket server;
    private final List<Link> links = new ArrayList<>();

    /** A broker that speaks {@code version} on a free port of 127.0.0.1. */
    public ScriptedBroker(MqttVersion version) {
        this.version = version;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public Endpoint endpoint() {
        return Endpoint.parse("tcp://127.0.0.1:" + server.getLocalPort());
    }

    /** The next connection, before its CONNECT is read. */
    public Link accept() {
        try {
            Link link = new Link(server.accept(), version);
            links.add(link);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException("Nobody connected", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::cut);
    }

    /** One connection, seen from the broker. */
    public static final class Link {

        private final Socket socket;
        private final MqttVersion version;
        private final DataInputStream in;

        private Link(Socket socket, MqttVersion version) throws IOException {
            this.socket = socket;
            this.version = version;
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        }

        /** The next packet from the client. */
        public Packet next() {
            try {
                return Packet.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException("No packet came", e);
            }
        }

        /** The next packet, which must be of this type. */
        public Packet next(Packet.Type type) {
            Packet packet = next();
            assertThat(packet.type()).as(packet.toString()).isEqualTo(type);
            return packet;
        }

        /** The next packet, which must be of this type and have this packet identifier. */
        public Packet next(Packet.Type type, int packetId) {
            Packet packet = next(type);
            assertThat(packet.packetId()).as(packet.toString()).isEqualTo(packetId);
            return packet;
        }

        /** Waits until the client has closed its side; what it sent before is passed over. */
        public void awaitEnd() {
            try {
                while (in.read() >= 0) {
                    // Not asked for.
                }
            } catch (IOException reset) {
                // Ended as well.
            }
        }

        /** Sends these bytes. */
        public void send(Bytes bytes) {
            try {
                socket.getOutputStream().write(bytes.array());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void send(int first, Bytes body) {
            send(Bytes.packet(first, body));
        }

        /** Reads the CONNECT and accepts it. */
        public Packet accept(boolean sessionPresent) {
            return accept(sessionPresent, Bytes.of());
        }

        /** Reads the CONNECT and accepts it with these properties (MQTT 5). */
        public Packet accept(boolean sessionPresent, Bytes properties) {
            Packet connect = next(Packet.Type.CONNECT);
            send(0x20, Bytes.of(sessionPresent ? 1 : 0, 0).and(properties(properties)));
            return connect;
        }

        /** A length and the properties themselves; nothing on MQTT 3.1.1. */
        private Bytes properties(Bytes properties) {
            return version == MqttVersion.V5 ? Bytes.of(properties.size()).and(properties) : Bytes.of();
        }

        /** A PUBLISH; the packet identifier is left out for QoS 0. */
        public void publish(int packetId, int qos, boolean duplicate, String topic, String payload) {
            publish(packetId, qos, duplicate, topic, payload, Bytes.of());
        }

        /** A PUBLISH with properties (MQTT 5). */
        public void publish(int packetId, int qos, boolean duplicate, String topic, String payload, Bytes properties) {
            Bytes id = qos == 0 ? Bytes.of() : Bytes.id(packetId);
            send(
                    0x30 | (qos << 1) | (duplicate ? 8 : 0),
                    Bytes.text(topic).and(id).and(properties(properties)).and(Bytes.utf8(payload)));
        }

        /** PUBACK, PUBREC, PUBREL or PUBCOMP. */
        public void answer(Packet.Type type, int packetId) {
            send(type.first(), Bytes.id(packetId));
        }

        /** PUBACK, PUBREC or PUBCOMP with a reason code (MQTT 5). */
        public void answer(Packet.Type type, int packetId, int code) {
            send(type.first(), Bytes.id(packetId).and(Bytes.of(code)));
        }

        /** A SUBACK, with the codes. */
        public void suback(int packetId, int... codes) {
            send(0x90, Bytes.id(packetId).and(properties(Bytes.of())).and(Bytes.of(codes)));
        }

        /** An UNSUBACK, with the codes where the version has them. */
        public void unsuback(int packetId, int... codes) {
            Bytes none = Bytes.of();
            send(
                    0xB0,
                    Bytes.id(packetId)
                            .and(version == MqttVersion.V5 ? Bytes.of(0).and(Bytes.of(codes)) : none));
        }

        /** A PINGRESP. */
        public void pingresp() {
            send(0xD0, Bytes.of());
        }

        /** Closes the connection without a word. */
        public void cut() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
