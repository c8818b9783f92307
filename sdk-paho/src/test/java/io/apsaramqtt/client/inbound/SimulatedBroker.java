package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One client's session at a broker that does what MQTT asks, and sends now and then on the same connection what it has not seen
 * acknowledged, as the service does. It breaks off where an acknowledgement comes that may not.
 */
final class SimulatedBroker {

    private final Inbound inbound;
    private final int window;
    private final Consumer<Message> acknowledged;
    /** Of QoS 1, in the order in which they were published. */
    private final Map<Integer, Message> unacknowledged = new LinkedHashMap<>();
    /** What this connection brought and the client took, in the order of receipt. */
    private final Deque<Integer> awaited = new ArrayDeque<>();

    private Intake intake;
    private int connection;
    private boolean overrun;

    SimulatedBroker(Inbound inbound, int window, Consumer<Message> acknowledged) {
        this.inbound = inbound;
        this.window = window;
        this.acknowledged = acknowledged;
        this.intake = open();
    }

    private Intake open() {
        int number = ++connection;
        awaited.clear();
        overrun = false;
        return inbound.open(packetId -> acknowledge(number, packetId), () -> overrun(number));
    }

    private void overrun(int number) {
        if (number != connection || overrun) {
            throw new Violation("overrun told twice, or of a connection that is gone");
        }
        overrun = true;
    }

    private void acknowledge(int number, int packetId) {
        if (number != connection) {
            throw new Violation("acknowledged on a connection that is gone");
        }
        if (!Integer.valueOf(packetId).equals(awaited.poll())) {
            throw new Violation("acknowledged out of order: " + packetId + " before " + awaited);
        }
        Message message = unacknowledged.remove(packetId);
        if (message == null) {
            throw new Violation("acknowledged twice: " + packetId);
        }
        acknowledged.accept(message);
    }

    /** Whether a message of QoS 1 may be published now. */
    boolean hasWindow() {
        return unacknowledged.size() < window;
    }

    /** Sends a new message; says whether the client took it, which a broker cannot know. */
    boolean publish(Message message) {
        if (message.qos() == Qos.AT_LEAST_ONCE) {
            int packetId = 1;
            while (unacknowledged.containsKey(packetId)) {
                packetId++;
            }
            unacknowledged.put(packetId, message);
            return send(packetId, message);
        }
        long dropped = inbound.statistics().dropped();
        intake.received(0, message);
        return inbound.statistics().dropped() == dropped;
    }

    private boolean send(int packetId, Message message) {
        // Before the call, in case that the acknowledgement comes within it: a redelivery may be done already.
        awaited.add(packetId);
        intake.received(packetId, message);
        if (overrun) {
            awaited.removeLastOccurrence(packetId);
        }
        return !overrun;
    }

    /** Sends again, on the same connection, one that the client took and did not acknowledge. */
    void sendAgain(int choice) {
        List<Integer> taken = new ArrayList<>(awaited);
        if (!taken.isEmpty()) {
            int packetId = taken.get(Math.floorMod(choice, taken.size()));
            intake.received(packetId, copy(packetId));
        }
    }

    private Message copy(int packetId) {
        Message message = unacknowledged.get(packetId);
        if (message == null) {
            throw new Violation("awaited and acknowledged at once: " + packetId);
        }
        return message.withDuplicate(true);
    }

    /** The connection is lost; on the next one the broker sends first what was not acknowledged, in its order. */
    List<Message> reconnect() {
        intake.close();
        intake = open();
        List<Message> taken = new ArrayList<>();
        for (int packetId : List.copyOf(unacknowledged.keySet())) {
            if (overrun) {
                break;
            }
            Message copy = copy(packetId);
            if (send(packetId, copy)) {
                taken.add(copy);
            }
        }
        return taken;
    }

    boolean mustReconnect() {
        return overrun;
    }

    /** Whether the client took and has not acknowledged this message on this connection. */
    boolean awaits(Message message) {
        return awaited.stream().anyMatch(id -> message.text().equals(copy(id).text()));
    }

    boolean isContent() {
        return unacknowledged.isEmpty() && awaited.isEmpty() && !overrun;
    }

    /** Something that may not happen did. */
    static final class Violation extends AssertionError {
        Violation(String what) {
            super(what);
        }
    }
}
