package io.apsaramqtt.paho.v3;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.transport.Ack;
import io.apsaramqtt.client.transport.ConnectAck;
import io.apsaramqtt.client.transport.ConnectFailures;
import io.apsaramqtt.client.transport.ConnectPacket;
import io.apsaramqtt.client.transport.ConnectionLife;
import io.apsaramqtt.client.transport.StartGate;
import io.apsaramqtt.client.transport.Subscription;
import io.apsaramqtt.client.transport.Transport;
import io.apsaramqtt.client.transport.TransportListener;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of Paho's v3 client, which is thrown away with it. */
final class PahoV3Transport implements Transport {

    private static final Logger log = LoggerFactory.getLogger(PahoV3Transport.class);

    /** MQTT 3.1.1 sends no receive maximum: what identifiers allow. */
    private static final int RECEIVE_MAXIMUM = 65_535;

    private static final long CLOSE_MILLIS = 100;

    private final Endpoint endpoint;
    private final ClientId clientId;
    private final Unreleased unreleased;
    private final TransportListener listener;
    private final ConnectionLife life;
    private final StartGate gate = new StartGate();
    private volatile @Nullable GatedMqttClient client;

    PahoV3Transport(Endpoint endpoint, ClientId clientId, Unreleased unreleased, TransportListener listener) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.unreleased = unreleased;
        this.listener = listener;
        this.life = new ConnectionLife(endpoint, listener);
    }

    @Override
    public CompletableFuture<ConnectAck> connect(ConnectPacket packet, SocketFactory sockets) {
        try {
            PahoMemory memory = new PahoMemory(unreleased, listener);
            AtomicBoolean holdingBack = new AtomicBoolean();
            GatedMqttClient created =
                    new GatedMqttClient(endpoint.toString(), clientId.value(), gate, memory, holdingBack);
            client = created;
            created.setCallback(new PahoV3Callback(endpoint, listener, life, memory, holdingBack, this::acknowledge));
            created.connect(
                    PahoV3Options.of(packet, sockets),
                    null,
                    new ActionFuture<Object>(token -> {
                        life.connected(new ConnectAck(token.getSessionPresent(), RECEIVE_MAXIMUM));
                        return token;
                    }) {
                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            life.failed(PahoV3Failures.connect(endpoint, packet.timeout(), cause));
                        }
                    });
        } catch (MqttException | RuntimeException e) {
            life.failed(ConnectFailures.failed(endpoint, e));
        }
        return life.connect();
    }

    @Override
    public CompletableFuture<Ack> publish(int packetId, boolean duplicate, Message message) {
        return send(token -> Ack.SUCCESS, () -> new Packets.Publish(packetId, duplicate, message));
    }

    @Override
    public CompletableFuture<Ack> release(int packetId) {
        return send(token -> Ack.SUCCESS, () -> new Packets.Release(packetId));
    }

    @Override
    public CompletableFuture<List<Ack>> subscribe(int packetId, List<Subscription> subscriptions) {
        // Paho reports a refused subscription as success: the granted QoS tells.
        return send(
                token -> Ack.inOrder(
                        Arrays.stream(token.getGrantedQos())
                                .mapToObj(code -> new Ack(code, null))
                                .toList(),
                        subscriptions.size()),
                () -> new Packets.Subscribe(packetId, subscriptions));
    }

    @Override
    public CompletableFuture<List<Ack>> unsubscribe(int packetId, List<TopicFilter> filters) {
        return send(
                token -> Collections.nCopies(filters.size(), Ack.SUCCESS),
                () -> new Packets.Unsubscribe(packetId, filters));
    }

    @Override
    public void acknowledge(int packetId) {
        acknowledge(packetId, Qos.AT_LEAST_ONCE);
    }

    private void acknowledge(int packetId, Qos qos) {
        GatedMqttClient connected = client;
        if (connected != null) {
            try {
                connected.messageArrivedComplete(packetId, qos.code());
            } catch (MqttException | RuntimeException e) {
                // The connection is gone, and with it what this would have answered.
                log.debug("Message [{}] of [{}] not acknowledged", packetId, clientId, e);
            }
        }
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        life.end();
        return call(token -> true, (connected, future) -> connected.disconnect(0, null, future))
                .thenAccept(done -> {});
    }

    @Override
    public void close() {
        life.end();
        gate.end();
        GatedMqttClient closing = client;
        if (closing != null) {
            // To close it as well would free nothing, and would trip up threads of Paho's that are still ending.
            try {
                closing.inside().disconnectForcibly(CLOSE_MILLIS);
            } catch (MqttException | RuntimeException e) {
                log.debug("Paho did not disconnect [{}]", clientId, e);
            }
        }
    }

    /** A call to the Paho client that reports to a listener. */
    @FunctionalInterface
    private interface Call<T> {
        void start(GatedMqttClient client, ActionFuture<T> future) throws MqttException;
    }

    private <T> CompletableFuture<T> send(ActionFuture.Answer<T> answer, Supplier<MqttWireMessage> packet) {
        return call(answer, (connected, future) -> connected.send(packet.get(), future));
    }

    private <T> CompletableFuture<T> call(ActionFuture.Answer<T> answer, Call<T> call) {
        ActionFuture<T> future = new ActionFuture<>(answer);
        GatedMqttClient connected = client;
        if (connected == null) {
            future.completeExceptionally(new IllegalStateException("Not connected"));
            return future;
        }
        try {
            call.start(connected, future);
        } catch (ApsaraMqttException e) {
            future.completeExceptionally(e);
        } catch (MqttException | RuntimeException e) {
            future.completeExceptionally(PahoV3Failures.operation(endpoint, e));
        }
        return future;
    }
}
