package io.apsaramqtt.faults;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A way to publish numbers and to receive them, whatever client is behind it. Called from several threads. */
public interface NumberedLink extends AutoCloseable {

    /**
     * Publishes a number. When it throws, the number was not accepted. When it returns, it was, and the future says how that
     * ended: normally when the broker has acknowledged it.
     */
    CompletableFuture<?> publish(int number);

    /** All numbers received so far, in the order of their arrival, repeated ones included. */
    List<Integer> received();

    /** Closes the client. */
    @Override
    void close();
}
