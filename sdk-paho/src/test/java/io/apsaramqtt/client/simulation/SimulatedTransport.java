package io.apsaramqtt.client.simulation;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;

/** A connection to the simulated broker: packets arrive there in order, answers come back in order, until it is lost. */
final class SimulatedTransport implements Transport {

    /** How long a broker that is busy elsewhere lets a packet wait. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final Ack UNKNOWN_IDENTIFIER = new Ack(0x92, null);

    final TransportListener listener;
    private final SimulatedBroker broker;
    private final Queue<Runnable> wire = new ArrayDeque<>();
    private final Map<Integer, CompletableFuture<Ack>> unanswered = new HashMap<>();
    /** Of messages that this side has not seen answered. */
    private final Set<Integer> messages = new HashSet<>();
    /** Of SUBSCRIBE and UNSUBSCRIBE. */
    private final Set<Integer> requests = new HashSet<>();
    /** Of received messages of QoS 1, in the order in which they came. */
    private final Queue<Integer> received = new ArrayDeque<>();

    final CompletableFuture<ConnectAck> connect = new CompletableFuture<>();
    boolean clean;
    boolean accepted;
    String password = "";
    /** The identifier of an uploaded token that waits for its PUBACK. */
    private int uploading;

    private boolean lost;
    private boolean closedHere;
    private boolean moving;

    SimulatedTransport(SimulatedBroker broker, TransportListener listener) {
        this.broker = broker;
        this.listener = listener;
    }

    /** Whether all that was sent has arrived, and all that was answered too. */
    boolean isIdle() {
        return wire.isEmpty();
    }

    boolean isLeft() {
        return closedHere;
    }

    boolean isUsable() {
        return accepted && !lost && !closedHere;
    }

    @Override
    public CompletableFuture<ConnectAck> connect(ConnectPacket packet, SocketFactory sockets) {
        clean = packet.cleanSession();
        password = packet.signed().password().orElse("");
        broker.dialed(this);
        return connect;
    }

    /** Puts a packet on the wire; {@code arrives} runs at the broker, after those before it, if the connection lives on. */
    private void travel(Runnable arrives) {
        if (lost) {
            return;
        }
        wire.add(arrives);
        if (!moving) {
            moving = true;
            broker.runtime.execute(this::move);
        }
    }

    private void move() {
        Runnable next = wire.poll();
        if (next == null || lost) {
            moving = false;
            return;
        }
        next.run();
        if (broker.silent) {
            broker.runtime.after(SILENCE, this::move);
        } else {
            broker.runtime.execute(this::move);
        }
    }

    private void requireOpenHere(String what) {
        if (closedHere) {
            broker.violated(what + " on a connection that this side has closed");
        }
        if (uploading != 0) {
            broker.violated(what + " while a token is uploaded");
        }
    }

    @Override
    public CompletableFuture<Ack> publish(int packetId, boolean duplicate, Message message) {
        requireOpenHere("publish");
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        if (message.qos() == Qos.AT_MOST_ONCE) {
            travel(() -> {
                answer.complete(Ack.SUCCESS);
                broker.published(this, 0, message, Runnable::run);
            });
            return lost ? CompletableFuture.failedFuture(loss()) : answer;
        }
        take(packetId, answer);
        if (SimulatedTokens.isUpload(message)) {
            uploading = packetId;
        }
        travel(() -> broker.published(this, packetId, message, reply -> travel(() -> reply.run())));
        return lost ? CompletableFuture.failedFuture(loss()) : answer;
    }

    private void take(int packetId, CompletableFuture<Ack> answer) {
        takeIdentifier(messages, packetId);
        if (messages.size() > broker.window) {
            broker.violated(messages.size() + " packets in the window of " + broker.window);
        }
        unanswered.put(packetId, answer);
    }

    private void takeIdentifier(Set<Integer> of, int packetId) {
        boolean free = !messages.contains(packetId) && !requests.contains(packetId);
        if (packetId < 1 || packetId > 65_535 || !free) {
            broker.violated("packet identifier " + packetId + " is used twice");
        }
        of.add(packetId);
    }

    @Override
    public CompletableFuture<Ack> release(int packetId) {
        requireOpenHere("release");
        CompletableFuture<Ack> answer = new CompletableFuture<>();
        take(packetId, answer);
        travel(() -> {
            Ack pubcomp = broker.released(packetId) ? Ack.SUCCESS : UNKNOWN_IDENTIFIER;
            travel(() -> answered(packetId, pubcomp));
        });
        return lost ? CompletableFuture.failedFuture(loss()) : answer;
    }

    /** The broker's last word on a publish. */
    void answered(int packetId, Ack ack) {
        CompletableFuture<Ack> answer = unanswered.remove(packetId);
        if (answer != null) {
            messages.remove(packetId);
            uploading = uploading == packetId ? 0 : uploading;
            answer.complete(ack);
        }
    }

    @Override
    public CompletableFuture<List<Ack>> subscribe(int packetId, List<Subscription> subscriptions) {
        requireOpenHere("subscribe");
        CompletableFuture<List<Ack>> answer = new CompletableFuture<>();
        takeIdentifier(requests, packetId);
        travel(() -> {
            if (broker.subscribed(this, subscriptions)) {
                travel(() -> grant(packetId, subscriptions.size(), answer));
            }
        });
        return lost ? CompletableFuture.failedFuture(loss()) : answer;
    }

    @Override
    public CompletableFuture<List<Ack>> unsubscribe(int packetId, List<TopicFilter> filters) {
        requireOpenHere("unsubscribe");
        CompletableFuture<List<Ack>> answer = new CompletableFuture<>();
        takeIdentifier(requests, packetId);
        travel(() -> travel(() -> grant(packetId, filters.size(), answer)));
        return lost ? CompletableFuture.failedFuture(loss()) : answer;
    }

    private void grant(int packetId, int filters, CompletableFuture<List<Ack>> answer) {
        requests.remove(packetId);
        answer.complete(Collections.nCopies(filters, Ack.SUCCESS));
    }

    /** The broker sends a message. */
    void receive(int packetId, Message message) {
        if (message.qos() == Qos.AT_LEAST_ONCE) {
            received.add(packetId);
        }
        listener.received(packetId, message);
    }

    @Override
    public void acknowledge(int packetId) {
        if (closedHere) {
            broker.violated("PUBACK on a connection that this side has closed");
        }
        Integer next = received.poll();
        if (next == null || next != packetId) {
            broker.violated("PUBACK of " + packetId + " though " + next + " was received before");
        }
        travel(() -> broker.acknowledged(packetId));
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        CompletableFuture<Void> said = new CompletableFuture<>();
        if (isUsable()) {
            broker.goodbye.run();
        }
        closedHere = true;
        broker.runtime.execute(() -> {
            broker.gone(this);
            said.complete(null);
        });
        return said;
    }

    @Override
    public void close() {
        closedHere = true;
        lost = true;
        broker.gone(this);
    }

    /** The broker, or the network, ends the connection: what is on the wire is gone. */
    void lose() {
        if (lost || !accepted) {
            return;
        }
        lost = true;
        broker.gone(this);
        wire.clear();
        boolean here = closedHere;
        broker.runtime.execute(() -> {
            unanswered.values().forEach(answer -> answer.completeExceptionally(loss()));
            if (!here) {
                listener.lost(loss());
            }
        });
    }

    private static ConnectionLostException loss() {
        return new ConnectionLostException("Connection was lost: the broker closed it without a word", null, null);
    }
}
