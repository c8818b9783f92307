package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicFilter;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which a test plays the broker: what the client sent is kept in order, and every answer is the test's to give.
 * As with an engine, an answer that is not given leaves its future open for ever, even after the connection is lost.
 */
final class FakeTransport implements Transport {

    /** A packet that waits for its answer. */
    final class Sent<A> {

        final int id;
        private final CompletableFuture<A> answer = new CompletableFuture<>();

        Sent(int id) {
            this.id = id;
        }

        void answer(A with) {
            answer.complete(with);
            settle.run();
        }

        void fail(Throwable failure) {
            answer.completeExceptionally(failure);
            settle.run();
        }
    }

    final Endpoint endpoint;
    final TransportListener listener;
    final CompletableFuture<ConnectAck> connect = new CompletableFuture<>();
    final CompletableFuture<Void> disconnect = new CompletableFuture<>();
    /** All packets in the order in which they left, as text. */
    final List<String> packets = new CopyOnWriteArrayList<>();

    /** Payloads of uploaded tokens, in order. */
    final List<String> uploads = new CopyOnWriteArrayList<>();

    final Queue<Sent<Ack>> published = new ConcurrentLinkedQueue<>();
    final Queue<Sent<List<Ack>>> subscribed = new ConcurrentLinkedQueue<>();
    final Queue<Sent<List<Ack>>> unsubscribed = new ConcurrentLinkedQueue<>();

    private final Runnable settle;
    private volatile @Nullable ConnectPacket connectPacket;
    private volatile boolean closed;

    /** {@code settle} lets the client work after each answer. */
    FakeTransport(Endpoint endpoint, TransportListener listener, Runnable settle) {
        this.endpoint = endpoint;
        this.listener = listener;
        this.settle = settle;
    }

    @Override
    public CompletableFuture<ConnectAck> connect(ConnectPacket packet, SocketFactory sockets) {
        connectPacket = packet;
        return connect;
    }

    @Override
    public CompletableFuture<Ack> publish(int packetId, boolean duplicate, Message message) {
        packets.add("PUBLISH " + packetId + " " + message.topic() + (duplicate ? " again" : ""));
        if (message.topic().value().equals("$SYS/uploadToken")) {
            uploads.add(message.text());
        }
        return sent(published, packetId);
    }

    @Override
    public CompletableFuture<Ack> release(int packetId) {
        packets.add("PUBREL " + packetId);
        return sent(published, packetId);
    }

    @Override
    public CompletableFuture<List<Ack>> subscribe(int packetId, List<Subscription> subscriptions) {
        packets.add("SUBSCRIBE " + packetId + " "
                + subscriptions.stream().map(Subscription::filter).toList());
        return sent(subscribed, packetId);
    }

    @Override
    public CompletableFuture<List<Ack>> unsubscribe(int packetId, List<TopicFilter> filters) {
        packets.add("UNSUBSCRIBE " + packetId + " " + filters);
        return sent(unsubscribed, packetId);
    }

    private <A> CompletableFuture<A> sent(Queue<Sent<A>> queue, int packetId) {
        Sent<A> sent = new Sent<>(packetId);
        queue.add(sent);
        return sent.answer;
    }

    @Override
    public void acknowledge(int packetId) {
        packets.add("PUBACK " + packetId);
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        packets.add("DISCONNECT");
        return disconnect;
    }

    @Override
    public void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    ConnectPacket connectPacket() {
        ConnectPacket packet = connectPacket;
        if (packet == null) {
            throw new AssertionError("No CONNECT was sent");
        }
        return packet;
    }

    /** The broker accepts the connection and knows nothing of the client. */
    void accept() {
        accept(false, 65_535);
    }

    void accept(boolean sessionPresent, int receiveMaximum) {
        connect.complete(new ConnectAck(sessionPresent, receiveMaximum));
        settle.run();
    }

    /** The broker refuses the connection. */
    void refuse(int code) {
        connect.completeExceptionally(ConnectFailures.refused(endpoint, code, null));
        settle.run();
    }

    /** The host does not answer. */
    void unreachable() {
        connect.completeExceptionally(
                ConnectFailures.failed(endpoint, new java.net.ConnectException("Connection refused")));
        settle.run();
    }

    /** The broker closes the connection without a word. */
    void lose() {
        lose(null, new EOFException());
    }

    /** The broker ends the connection with a reason, as MQTT 5 lets it. */
    void lose(int reasonCode) {
        lose(reasonCode, null);
    }

    /** The network ends the connection. */
    void cut() {
        lose(null, new java.io.IOException("Connection timed out"));
    }

    void lose(@Nullable Integer reasonCode, @Nullable Throwable cause) {
        listener.lost(new ConnectionLostException("Connection to [" + endpoint + "] was lost", reasonCode, cause));
        settle.run();
    }

    /** The broker sends a message. */
    void send(int packetId, Message message) {
        listener.received(packetId, message);
        settle.run();
    }

    /** The broker takes over a message of QoS 2. */
    void receive(int packetId) {
        listener.publishReceived(packetId);
        settle.run();
    }

    Sent<Ack> nextPublish() {
        return next(published);
    }

    Sent<List<Ack>> nextSubscribe() {
        return next(subscribed);
    }

    Sent<List<Ack>> nextUnsubscribe() {
        return next(unsubscribed);
    }

    /** Acknowledges the next PUBLISH or PUBREL. */
    void acknowledge() {
        nextPublish().answer(Ack.SUCCESS);
    }

    /** Grants the filters of the next SUBSCRIBE, {@code count} of them. */
    void grant(int count) {
        List<Ack> acks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            acks.add(Ack.SUCCESS);
        }
        nextSubscribe().answer(acks);
    }

    private static <T> T next(Queue<T> queue) {
        T next = queue.poll();
        if (next == null) {
            throw new AssertionError("Nothing was sent");
        }
        return next;
    }
}
