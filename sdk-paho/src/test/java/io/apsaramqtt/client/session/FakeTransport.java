package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A connection that does what a test says: every answer is the test's to give. */
final class FakeTransport implements Transport {

    /** A packet that waits for its answer. */
    record Sent<P, A>(P packet, CompletableFuture<A> answer) {}

    final TransportListener listener;
    final CompletableFuture<ConnectAck> connect = new CompletableFuture<>();
    final BlockingQueue<Sent<Message, Ack>> published = new LinkedBlockingQueue<>();
    final BlockingQueue<Sent<List<Subscription>, List<Ack>>> subscribed = new LinkedBlockingQueue<>();
    final BlockingQueue<Sent<List<TopicFilter>, Void>> unsubscribed = new LinkedBlockingQueue<>();
    final CountDownLatch disconnected = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);

    FakeTransport(TransportListener listener) {
        this.listener = listener;
    }

    @Override
    public CompletableFuture<ConnectAck> connect(ConnectPacket packet) {
        return connect;
    }

    @Override
    public CompletableFuture<Ack> publish(Message message) {
        return sent(published, message);
    }

    @Override
    public CompletableFuture<List<Ack>> subscribe(List<Subscription> subscriptions) {
        return sent(subscribed, subscriptions);
    }

    @Override
    public CompletableFuture<Void> unsubscribe(List<TopicFilter> filters) {
        return sent(unsubscribed, filters);
    }

    private static <P, A> CompletableFuture<A> sent(BlockingQueue<Sent<P, A>> queue, P packet) {
        Sent<P, A> sent = new Sent<>(packet, new CompletableFuture<>());
        queue.add(sent);
        return sent.answer();
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        disconnected.countDown();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** The broker accepts the connection. */
    void accept() {
        connect.complete(new ConnectAck(false, 65_535));
    }

    /** The connection is lost. */
    void lose(String reason) {
        listener.lost(new ConnectionLostException(reason, null, null));
    }

    /** The next packet sent. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("Nothing was sent");
        }
        return next;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }
}
