package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportFactory;
import io.apsaramqtt.client.transport.TransportListener;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands out transports on which a test plays the broker. */
final class FakeEngine implements TransportFactory {

    /** Attempts that the test has not looked at. */
    final Queue<FakeTransport> created = new ConcurrentLinkedQueue<>();

    private final Runnable settle;

    FakeEngine(Runnable settle) {
        this.settle = settle;
    }

    @Override
    public Transport create(Endpoint endpoint, TransportListener listener) {
        FakeTransport transport = new FakeTransport(endpoint, listener, settle);
        created.add(transport);
        return transport;
    }

    /** The transport of the next attempt. */
    FakeTransport next() {
        FakeTransport next = created.poll();
        if (next == null) {
            throw new AssertionError("No attempt to connect was made");
        }
        return next;
    }

    /** The next attempt, accepted by a broker that knows nothing of the client. */
    FakeTransport nextAccepted() {
        FakeTransport transport = next();
        transport.accept();
        return transport;
    }
}
