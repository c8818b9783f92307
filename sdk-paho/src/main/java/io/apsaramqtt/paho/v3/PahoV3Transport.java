package io.apsaramqtt.paho.v3;

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
import io.apsaramqtt.mqtt.TopicFilter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
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
    private final TransportListener listener;
    private final ConnectionLife life;
    private final StartGate gate = new StartGate();
    private volatile @Nullable MqttAsyncClient client;

    PahoV3Transport(Endpoint endpoint, ClientId clientId, TransportListener listener) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.listener = listener;
        this.life = new ConnectionLife(endpoint, listener);
    }

    @Override
    public CompletableFuture<ConnectAck> connect(ConnectPacket packet) {
        try {
            MqttAsyncClient created = new GatedMqttClient(endpoint.toString(), clientId.value(), gate);
            client = created;
            created.setCallback(new PahoV3Callback(endpoint, listener, life));
            created.connect(
                    PahoV3Options.of(endpoint, packet),
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
    public CompletableFuture<Ack> publish(Message message) {
        return call(token -> Ack.SUCCESS, (connected, future) -> {
            connected.publish(
                    message.topic().value(), message.payload(), message.qos().code(), message.retained(), null, future);
        });
    }

    @Override
    public CompletableFuture<List<Ack>> subscribe(List<Subscription> subscriptions) {
        String[] filters = subscriptions.stream()
                .map(subscription -> subscription.filter().value())
                .toArray(String[]::new);
        int[] qos = subscriptions.stream()
                .mapToInt(subscription -> subscription.qos().code())
                .toArray();
        // Paho reports a refused subscription as success: the granted QoS tells.
        return call(
                token -> Arrays.stream(token.getGrantedQos())
                        .mapToObj(code -> new Ack(code, null))
                        .toList(),
                (connected, future) -> connected.subscribe(filters, qos, null, future));
    }

    @Override
    public CompletableFuture<Void> unsubscribe(List<TopicFilter> filters) {
        String[] texts = filters.stream().map(TopicFilter::value).toArray(String[]::new);
        return call(token -> true, (connected, future) -> connected.unsubscribe(texts, null, future))
                .thenAccept(done -> {});
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
        MqttAsyncClient closing = client;
        if (closing != null) {
            try {
                closing.disconnectForcibly(0, CLOSE_MILLIS, false);
            } catch (MqttException | RuntimeException e) {
                log.debug("Paho did not disconnect [{}]", clientId, e);
            }
            try {
                closing.close(true);
            } catch (MqttException | RuntimeException e) {
                log.debug("Paho did not close [{}]", clientId, e);
            }
        }
    }

    /** A call to the Paho client that reports to a listener. */
    @FunctionalInterface
    private interface Call<T> {
        void start(MqttAsyncClient client, ActionFuture<T> future) throws MqttException;
    }

    private <T> CompletableFuture<T> call(ActionFuture.Answer<T> answer, Call<T> call) {
        ActionFuture<T> future = new ActionFuture<>(answer);
        MqttAsyncClient connected = client;
        if (connected == null) {
            future.completeExceptionally(new IllegalStateException("Not connected"));
            return future;
        }
        try {
            call.start(connected, future);
        } catch (MqttException | RuntimeException e) {
            future.completeExceptionally(PahoV3Failures.operation(endpoint, e));
        }
        return future;
    }
}
