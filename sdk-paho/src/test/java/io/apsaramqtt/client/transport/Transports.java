package io.apsaramqtt.client.transport;

import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The transports of one client, one after the other, as a session would make them. */
public final class Transports implements AutoCloseable {

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private final ClientId clientId = ClientId.of("GID_transport@@@client-" + CLIENTS.incrementAndGet());
    private final TransportFactory factory;
    private final List<Transport> made = new ArrayList<>();

    /** The transports of a new client. */
    public Transports(MqttVersion version) {
        factory = TransportProvider.forVersion(version).forClient(clientId);
    }

    /** The client. */
    public ClientId clientId() {
        return clientId;
    }

    /** A transport that is closed after the test. */
    public Transport create(Endpoint endpoint, TransportListener listener) {
        Transport transport = factory.create(endpoint, listener);
        made.add(transport);
        return transport;
    }

    /** A transport that connects; its connection waits for the CONNACK of a scripted broker. */
    public Connected connect(ScriptedBroker broker, TransportListener listener, ConnectPacket packet, boolean present) {
        Transport transport = create(broker.endpoint(), listener);
        var connecting = transport.connect(packet, SocketFactories.of(broker.endpoint()));
        ScriptedBroker.Link link = broker.accept();
        Packet connect = link.accept(present);
        return new Connected(transport, link, connect, Futures.get(connecting));
    }

    /** A transport that is connected to a scripted broker. */
    public record Connected(Transport transport, ScriptedBroker.Link link, Packet connect, ConnectAck ack) {}

    /** A CONNECT without a will, keep-alive of a minute. */
    public static ConnectPacket packet(boolean clean) {
        return packet(new SignedConnect(null, null, null), clean);
    }

    /** A signed CONNECT without a will, keep-alive of a minute. */
    public static ConnectPacket packet(SignedConnect signed, boolean clean) {
        return new ConnectPacket(
                signed, Duration.ofMinutes(1), Duration.ofSeconds(30), clean, Duration.ofMinutes(5), 100, null);
    }

    /** A subscription to one filter. */
    public static Subscription subscription(String filter, Qos qos) {
        return new Subscription(TopicFilter.of(filter), qos);
    }

    @Override
    public void close() {
        made.forEach(Transport::close);
    }
}
