package io.apsaramqtt.client.simulation;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportFactory;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker that keeps to MQTT, and may refuse, lose its session, be out of reach, or close the connection over a poisoned topic.
 * It notes what it took, and what the client must never have done.
 */
final class SimulatedBroker implements TransportFactory {

    private static final Endpoint ENDPOINT = Endpoint.parse("tcp://127.0.0.1:1883");

    final SimulatedRuntime runtime;
    final int window;
    private final Random chance;
    /** Topics and filters over which it closes the connection. */
    final Set<String> poisoned = new HashSet<>();
    /** What it took, by topic, in order. */
    final Map<String, List<Integer>> taken = new HashMap<>();
    /** What the client did and must not do. */
    final List<String> violations = new ArrayList<>();
    /** Delivered to the client and not acknowledged. */
    final Map<Integer, Message> outgoing = new LinkedHashMap<>();

    boolean reachable = true;
    boolean refusing;
    /** Takes its time with every packet. */
    boolean silent;

    int losses;
    private boolean hasSession;
    private int lastId;
    private final Set<Integer> exactlyOnce = new HashSet<>();
    private @Nullable SimulatedTransport open;

    SimulatedBroker(SimulatedRuntime runtime, Random chance, int window) {
        this.runtime = runtime;
        this.chance = chance;
        this.window = window;
    }

    void violated(String what) {
        violations.add(what);
    }

    @Override
    public Transport create(Endpoint endpoint, TransportListener listener) {
        return new SimulatedTransport(this, listener);
    }

    void dialed(SimulatedTransport transport) {
        runtime.after(Duration.ofMillis(chance.nextInt(30)), () -> answer(transport));
    }

    private void answer(SimulatedTransport transport) {
        if (!reachable) {
            fail(transport, Reason.UNREACHABLE, null);
        } else if (refusing) {
            fail(transport, Reason.REFUSED, 5);
        } else {
            if (open != null) {
                open.lose();
            }
            boolean present = hasSession && !transport.clean;
            if (!present) {
                exactlyOnce.clear();
                outgoing.clear();
            }
            hasSession = !transport.clean;
            transport.accepted = true;
            open = transport;
            transport.connect.complete(new ConnectAck(present, window));
            outgoing.forEach((id, message) -> receive(transport, id, message.withDuplicate(true)));
        }
    }

    private static void fail(SimulatedTransport transport, Reason reason, @Nullable Integer code) {
        transport.connect.completeExceptionally(
                new ConnectFailedException(ENDPOINT, reason, code, "failed in a simulation", null));
    }

    /** A PUBLISH arrived; {@code answer} sends what is answered. */
    void published(SimulatedTransport from, int packetId, Message message, Consumer<Runnable> answer) {
        String topic = message.topic().value();
        if (poisoned.contains(topic)) {
            losses++;
            from.lose();
            return;
        }
        boolean known = message.qos() == Qos.EXACTLY_ONCE && !exactlyOnce.add(packetId);
        if (!known) {
            taken.computeIfAbsent(topic, name -> new ArrayList<>()).add(Integer.parseInt(message.text()));
        }
        switch (message.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> answer.accept(() -> from.answered(packetId));
            case EXACTLY_ONCE ->
                answer.accept(() -> {
                    from.listener.publishReceived(packetId);
                    // The engine sends the PUBREL by itself.
                    answer.accept(() -> {
                        released(packetId);
                        answer.accept(() -> from.answered(packetId));
                    });
                });
        }
    }

    void released(int packetId) {
        exactlyOnce.remove(packetId);
    }

    /** A SUBSCRIBE arrived; false where the broker closes the connection over it. */
    boolean subscribed(SimulatedTransport from, List<Subscription> subscriptions) {
        if (subscriptions.stream()
                .anyMatch(
                        subscription -> poisoned.contains(subscription.filter().value()))) {
            losses++;
            from.lose();
            return false;
        }
        return true;
    }

    /** Delivers a message of QoS 1 to the client, if it is there. */
    void deliver(Message message) {
        SimulatedTransport to = open;
        if (to != null && to.isUsable()) {
            lastId = lastId % 1_000 + 1;
            if (!outgoing.containsKey(lastId)) {
                outgoing.put(lastId, message);
                receive(to, lastId, message);
            }
        }
    }

    private static void receive(SimulatedTransport to, int id, Message message) {
        to.listener.received(id, message);
    }

    void acknowledged(int packetId) {
        if (outgoing.remove(packetId) == null) {
            violated("PUBACK of " + packetId + ", which the broker did not wait for");
        }
    }

    /** The network, or the broker, drops the connection. */
    void cut() {
        if (open != null) {
            open.lose();
        }
    }

    /** The broker is killed: its sessions are gone with it. */
    void kill() {
        cut();
        hasSession = false;
    }

    void gone(SimulatedTransport transport) {
        if (transport.equals(open)) {
            open = null;
            hasSession = hasSession && !transport.clean;
        }
    }
}
