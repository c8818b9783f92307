package io.apsaramqtt.client.transport;

import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a broker, and reads what passes: between the PUBLISH that uploads a token and its PUBACK a client
 * must send no PUBLISH, SUBSCRIBE or UNSUBSCRIBE.
 */
public final class UploadRelay implements AutoCloseable {

    private final RelayPort port;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final AtomicInteger uploads = new AtomicInteger();
    private final AtomicInteger messages = new AtomicInteger();

    /** A relay to the broker at this port of 127.0.0.1. */
    public UploadRelay(int port) {
        this.port = new RelayPort(port, this::join);
    }

    private void join(Socket client, Socket broker) {
        // The packet identifier of the upload that waits for its PUBACK; 0 for none.
        AtomicInteger pending = new AtomicInteger();
        RelayPort.forward(client, broker, packet -> {
            sent(packet, pending);
            return true;
        });
        RelayPort.forward(broker, client, packet -> {
            if ((packet.first() & 0xF0) == Packet.Type.PUBACK.first()) {
                pending.compareAndSet(packet.packetId(), 0);
            }
            return true;
        });
    }

    private void sent(Packet packet, AtomicInteger pending) {
        switch (packet.type()) {
            case PUBLISH -> {
                if (packet.topic().equals("$SYS/uploadToken")) {
                    uploads.incrementAndGet();
                    if (!pending.compareAndSet(0, packet.packetId())) {
                        violations.add("an upload before the last was acknowledged");
                    }
                } else {
                    sentOther(packet, pending);
                }
            }
            case SUBSCRIBE, UNSUBSCRIBE -> sentOther(packet, pending);
            default -> {}
        }
    }

    private void sentOther(Packet packet, AtomicInteger pending) {
        messages.incrementAndGet();
        if (pending.get() != 0) {
            violations.add(packet + " during an upload");
        }
    }

    public String endpoint() {
        return "tcp://127.0.0.1:" + port.number();
    }

    /** What left while an upload waited for its PUBACK. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many tokens were uploaded. */
    public int uploads() {
        return uploads.get();
    }

    /** How many other messages were published. */
    public int messages() {
        return messages.get();
    }

    @Override
    public void close() {
        port.close();
    }
}
