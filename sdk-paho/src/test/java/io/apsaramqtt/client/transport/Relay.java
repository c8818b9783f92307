package io.apsaramqtt.client.transport;

import io.apsaramqtt.client.connection.Endpoint;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between clients and a broker: notes the packets that clients send, and cuts a connection at a packet. */
final class Relay implements AutoCloseable {

    private final RelayPort port;
    private final List<Packet> sent = new CopyOnWriteArrayList<>();
    private volatile int cutAt;

    /** A relay to the broker at this port of 127.0.0.1. */
    Relay(int port) {
        this.port = new RelayPort(port, this::join);
    }

    private void join(Socket client, Socket broker) {
        RelayPort.forward(client, broker, packet -> {
            sent.add(packet);
            return passes(packet);
        });
        RelayPort.forward(broker, client, this::passes);
    }

    private boolean passes(Packet packet) {
        if (cutAt != (packet.first() & 0xF0)) {
            return true;
        }
        cutAt = 0;
        return false;
    }

    Endpoint endpoint() {
        return Endpoint.parse("tcp://127.0.0.1:" + port.number());
    }

    /** What clients have sent. */
    List<Packet> sent() {
        return sent;
    }

    /** The next packet of this type, whoever sends it, is swallowed, and its connection cut. */
    void cutAt(Packet.Type type) {
        cutAt = type.first() & 0xF0;
    }

    @Override
    public void close() {
        port.close();
    }
}
