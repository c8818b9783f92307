package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.client.transport.TransportProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Hands out transports that the test plays. */
final class FakeEngine implements TransportProvider {

    final BlockingQueue<FakeTransport> created = new LinkedBlockingQueue<>();

    @Override
    public boolean supports(MqttVersion version) {
        return true;
    }

    @Override
    public Transport create(Endpoint endpoint, ClientId clientId, TransportListener listener) {
        FakeTransport transport = new FakeTransport(listener);
        created.add(transport);
        return transport;
    }

    /** The transport of the next attempt. */
    FakeTransport next() throws InterruptedException {
        return FakeTransport.next(created);
    }

    /** The next attempt, accepted by the broker. */
    FakeTransport nextAccepted() throws InterruptedException {
        FakeTransport transport = next();
        transport.accept();
        return transport;
    }
}
