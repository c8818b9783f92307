package io.apsaramqtt.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.mqtt.Message;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a transport tells, in order; can be told to hold the broker back. */
public final class Inbox implements TransportListener {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> publishReceived = new LinkedBlockingQueue<>();
    private final BlockingQueue<ConnectionLostException> losses = new LinkedBlockingQueue<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch waiting = new CountDownLatch(0);

    /** A message and its packet identifier. */
    public record Received(int packetId, Message message) {

        public String text() {
            return message.text();
        }
    }

    /** From now on, {@link #received} takes a message and blocks until {@link #letGo}. */
    public void holdBack() {
        gate = new CountDownLatch(1);
        waiting = new CountDownLatch(1);
    }

    /** Waits until a message is held back. */
    public void awaitHeldBack() {
        try {
            assertThat(waiting.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("held back")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Blocks no longer. */
    public void letGo() {
        gate.countDown();
    }

    @Override
    public void received(int packetId, Message message) {
        order.add(message.text());
        received.add(new Received(packetId, message));
        waiting.countDown();
        try {
            if (!gate.await(PATIENCE_SECONDS * 2, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Held back for ever");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void publishReceived(int packetId) {
        publishReceived.add(packetId);
    }

    @Override
    public void lost(ConnectionLostException loss) {
        losses.add(loss);
    }

    /** The next message. */
    public Received next() {
        return next(received, "message");
    }

    /** The next packet identifier of a PUBREC. */
    public int nextPublishReceived() {
        return next(publishReceived, "PUBREC");
    }

    /** The loss of the connection. */
    public ConnectionLostException nextLoss() {
        return next(losses, "loss");
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No " + what + " came");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The texts of all messages so far. */
    public List<String> texts() {
        return order;
    }

    public BlockingQueue<Integer> publishReceived() {
        return publishReceived;
    }

    public BlockingQueue<ConnectionLostException> losses() {
        return losses;
    }
}
