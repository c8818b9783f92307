package io.apsaramqtt.client.delivery;

/**
 * What a publish does when the window of unacknowledged messages is full, and when the client is not connected. By default it
 * waits for room up to the operation time-out, and fails at once where there is no connection.
 *
 * <p>Immutable.
 *
 * @param whenFull what is done when the window is full
 * @param queuedWhileDisconnected whether messages are queued while the client connects again
 * @param queueMessages how many messages the queue takes
 * @param queueBytes how many bytes of payload the queue takes
 */
public record FlowControl(WhenFull whenFull, boolean queuedWhileDisconnected, int queueMessages, long queueBytes) {

    private static final int MESSAGES = 1_000;
    private static final long BYTES = 16L << 20;

    /** What is done when the window is full. */
    public enum WhenFull {
        /** The call waits for room, up to the operation time-out. */
        BLOCK,
        /** The publish fails at once. */
        FAIL,
        /** The message waits in the queue; the publish fails if that is full too. */
        QUEUE
    }

    /**
     * Holds the given values.
     *
     * @throws IllegalArgumentException if a bound is below 1
     */
    public FlowControl {
        if (queueMessages < 1 || queueBytes < 1) {
            throw new IllegalArgumentException("Queue of [" + queueMessages + "] messages and [" + queueBytes
                    + "] bytes takes nothing; use at least 1 of each");
        }
    }

    /** A full window makes the call wait. */
    public static FlowControl blocking() {
        return new FlowControl(WhenFull.BLOCK, false, MESSAGES, BYTES);
    }

    /** A full window makes the publish fail. */
    public static FlowControl failing() {
        return new FlowControl(WhenFull.FAIL, false, MESSAGES, BYTES);
    }

    /** What finds no room in the window waits in a queue; so it does while the client connects again. */
    public static FlowControl queueing(int messages, long bytes) {
        return new FlowControl(WhenFull.QUEUE, true, messages, bytes);
    }

    /** This one, with messages queued while the client connects again, or not. */
    public FlowControl withQueuedWhileDisconnected(boolean queued) {
        return new FlowControl(whenFull, queued, queueMessages, queueBytes);
    }
}
