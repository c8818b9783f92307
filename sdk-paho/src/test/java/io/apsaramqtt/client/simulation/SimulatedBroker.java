package io.apsaramqtt.client.simulation;

import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectFailedException.Reason;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.runtime.SimulatedRuntime;
import io.apsaramqtt.client.transport.Ack;
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
    /** Topics, filters and parent topics over which it closes the connection. */
    final Set<String> poisoned = new HashSet<>();
    /** Topics and parent topics that the client said it sends nothing to. */
    final Set<String> quarantined = new HashSet<>();
    /** What it took, by topic, in order. */
    final Map<String, List<Integer>> taken = new HashMap<>();
    /** What the client did and must not do. */
    final List<String> violations = new ArrayList<>();
    /** Delivered to the client and not acknowledged. */
    final Map<Integer, Message> outgoing = new LinkedHashMap<>();
    /** What of it the client's listeners have acknowledged, by text. */
    final Set<String> handled = new HashSet<>();

    boolean reachable = true;
    boolean refusing;
    /** Takes its time with every packet. */
    boolean silent;

    /** Runs when the client sends DISCONNECT on a connection that lives. */
    Runnable goodbye = () -> {};

    /** The client was closed for good. */
    boolean closed;

    @Nullable
    SimulatedTokens tokens;

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

    /** Whether a connection is there on which everything has arrived and was answered. */
    boolean isCalm() {
        SimulatedTransport to = open;
        return to != null && to.isUsable() && to.isIdle() && !silent;
    }

    boolean isConnected() {
        return open != null;
    }

    /** Identifiers of QoS 2 that it holds until their PUBREL. */
    Set<Integer> held() {
        return exactlyOnce;
    }

    boolean isPoisoned(String topic) {
        return poisoned.contains(topic) || poisoned.contains(parentOf(topic));
    }

    private static String parentOf(String topic) {
        return topic.substring(0, topic.indexOf('/'));
    }

    void dialed(SimulatedTransport transport) {
        if (closed) {
            violated("a closed client connects");
        }
        runtime.after(Duration.ofMillis(chance.nextInt(30)), () -> answer(transport));
    }

    private void answer(SimulatedTransport transport) {
        if (!reachable) {
            fail(transport, Reason.UNREACHABLE, null);
        } else if (refusing || (tokens != null && !tokens.accepts(transport, this))) {
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
            List.copyOf(outgoing.entrySet())
                    .forEach(entry ->
                            transport.receive(entry.getKey(), entry.getValue().withDuplicate(true)));
        }
    }

    private static void fail(SimulatedTransport transport, Reason reason, @Nullable Integer code) {
        transport.connect.completeExceptionally(
                new ConnectFailedException(ENDPOINT, reason, code, "failed in a simulation", null));
    }

    /** A PUBLISH arrived; {@code answer} sends what is answered. */
    void published(SimulatedTransport from, int packetId, Message message, Consumer<Runnable> answer) {
        String topic = message.topic().value();
        if (tokens != null && SimulatedTokens.isUpload(message)) {
            tokens.uploaded(message, this);
            answer.accept(() -> from.answered(packetId, Ack.SUCCESS));
            return;
        }
        if (quarantined.contains(topic) || quarantined.contains(parentOf(topic))) {
            violated("PUBLISH to " + topic + ", which is in quarantine");
        }
        if (isPoisoned(topic)) {
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
            case AT_LEAST_ONCE -> answer.accept(() -> from.answered(packetId, Ack.SUCCESS));
            case EXACTLY_ONCE ->
                answer.accept(() -> {
                    from.listener.publishReceived(packetId);
                    // The engine sends the PUBREL by itself.
                    answer.accept(() -> {
                        released(packetId);
                        answer.accept(() -> from.answered(packetId, Ack.SUCCESS));
                    });
                });
        }
    }

    /** A PUBREL arrived; false where the identifier is not known. */
    boolean released(int packetId) {
        return exactlyOnce.remove(packetId);
    }

    /** A SUBSCRIBE arrived; false where the broker closes the connection over it. */
    boolean subscribed(SimulatedTransport from, List<Subscription> subscriptions) {
        if (subscriptions.stream()
                .anyMatch(subscription -> isPoisoned(subscription.filter().value()))) {
            losses++;
            from.lose();
            return false;
        }
        return true;
    }

    /** Delivers a message of QoS 1 or 2 to the client, if it is there; of QoS 2 the engine takes care. */
    boolean deliver(Message message) {
        SimulatedTransport to = open;
        if (to == null || !to.isUsable()) {
            return false;
        }
        lastId = lastId % 1_000 + 1;
        if (message.qos() == Qos.AT_LEAST_ONCE) {
            outgoing.put(lastId, message);
        }
        to.receive(lastId, message);
        return true;
    }

    /** Says that a token is about to expire. */
    void giveNotice() {
        SimulatedTransport to = open;
        if (to != null && to.isUsable() && tokens != null) {
            tokens.noticed(to);
            String notice = "{\"expireTime\":" + tokens.expiry().toEpochMilli() + ",\"type\":\"RW\"}";
            to.listener.received(0, Message.of("$SYS/tokenExpireNotice", notice).withQos(Qos.AT_MOST_ONCE));
        }
    }

    /** Whether the client was given notice on the open connection, and keeps its token. */
    boolean isNoticeForgotten() {
        return tokens != null && tokens.isNoticeForgotten(open);
    }

    void acknowledged(int packetId) {
        Message message = outgoing.remove(packetId);
        if (message == null) {
            violated("PUBACK of " + packetId + ", which the broker did not wait for");
        } else if (!handled.contains(message.text())) {
            violated("PUBACK of " + message + ", which no listener has acknowledged");
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
