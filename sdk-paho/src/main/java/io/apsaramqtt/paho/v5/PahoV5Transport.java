package io.apsaramqtt.paho.v5;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of Paho's v5 client, which is thrown away with it. */
final class PahoV5Transport implements Transport {

    private static final Logger log = LoggerFactory.getLogger(PahoV5Transport.class);

    private static final long CLOSE_MILLIS = 100;

    private final Endpoint endpoint;
    private final ClientId clientId;
    private final Unreleased unreleased;
    private final TransportListener listener;
    private final ConnectionLife life;
    private final StartGate gate = new StartGate();
    private final Corrections corrections = new Corrections();
    private volatile @Nullable GatedMqttClient client;

    PahoV5Transport(Endpoint endpoint, ClientId clientId, Unreleased unreleased, TransportListener listener) {
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
                    new GatedMqttClient(endpoint.toString(), clientId.value(), gate, memory, corrections, holdingBack);
            client = created;
            PahoV5Callback callback =
                    new PahoV5Callback(endpoint, listener, life, memory, corrections, holdingBack, this::acknowledge);
            created.setCallback(callback);
            created.connect(
                    PahoV5Options.of(packet, sockets),
                    null,
                    new ActionFuture<Object>(token -> {
                        life.connected(new ConnectAck(token.getSessionPresent(), PahoV5Answers.receiveMaximum(token)));
                        callback.handOnWhatIsLeft(created.threads());
                        return token;
                    }) {
                        @Override
                        public void onFailure(IMqttToken token, Throwable cause) {
                            life.failed(PahoV5Failures.connect(
                                    endpoint, packet.timeout(), cause, corrections, PahoV5Answers.reasonString(token)));
                        }
                    });
        } catch (MqttException | RuntimeException e) {
            life.failed(ConnectFailures.failed(endpoint, e));
        }
        return life.connect();
    }

    @Override
    public CompletableFuture<Ack> publish(int packetId, boolean duplicate, Message message) {
        return call(token -> PahoV5Answers.publish(token, corrections), (connected, future) -> {
            Packets.Publish packet = new Packets.Publish(packetId, duplicate, message);
            Ack refusal = connected.inside().refusal(packet);
            if (refusal != null) {
                future.complete(refusal);
            } else {
                connected.send(packet, future);
            }
        });
    }

    @Override
    public CompletableFuture<Ack> release(int packetId) {
        return call(
                token -> PahoV5Answers.publish(token, corrections),
                (connected, future) -> connected.send(new Packets.Release(packetId), future));
    }

    @Override
    public CompletableFuture<List<Ack>> subscribe(int packetId, List<Subscription> subscriptions) {
        return call(
                token -> PahoV5Answers.filters(token, corrections, subscriptions.size()),
                (connected, future) -> connected.send(new Packets.Subscribe(packetId, subscriptions), future));
    }

    @Override
    public CompletableFuture<List<Ack>> unsubscribe(int packetId, List<TopicFilter> filters) {
        return call(
                token -> PahoV5Answers.filters(token, corrections, filters.size()),
                (connected, future) -> connected.send(new Packets.Unsubscribe(packetId, filters), future));
    }

    @Override
    public void acknowledge(int packetId) {
        GatedMqttClient connected = client;
        if (connected != null) {
            try {
                connected.messageArrivedComplete(packetId, Qos.AT_LEAST_ONCE.code());
            } catch (MqttException | RuntimeException e) {
                // The connection is gone, and with it what this would have answered.
                log.debug("Message [{}] of [{}] not acknowledged", packetId, clientId, e);
            }
        }
    }

    @Override
    public CompletableFuture<Void> disconnect() {
        life.end();
        return call(token -> true, (connected, future) -> connected.disconnect(future))
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

    private <T> CompletableFuture<T> call(ActionFuture.Answer<T> answer, Call<T> call) {
        ActionFuture<T> future = new ActionFuture<>(answer);
        GatedMqttClient connected = client;
        if (connected == null) {
            future.completeExceptionally(new IllegalStateException("Not connected"));
            return future;
        }
        try {
            call.start(connected, future);
        } catch (MqttException | RuntimeException e) {
            future.completeExceptionally(PahoV5Failures.operation(endpoint, e));
        }
        return future;
    }
}
