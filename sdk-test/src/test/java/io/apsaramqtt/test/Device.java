package io.apsaramqtt.test;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.apsaramqtt.authentication.Authentication;
import io.apsaramqtt.authentication.SignedConnect;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A client that nobody here wrote: HiveMQ's, in either version of MQTT, without reconnection. */
abstract class Device implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What a device was sent. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
    record Received(String topic, Qos qos, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    final SignedConnect signed;

    Device(SignedConnect signed) {
        this.signed = signed;
    }

    /** A device that signs for the instance with its first AccessKey. */
    static Device of(EmbeddedApsaraMqtt instance, MqttVersion version, String deviceId) {
        return of(instance, version, instance.clientId(deviceId), instance.instanceId(), instance.credentials());
    }

    static Device of(
            EmbeddedApsaraMqtt instance,
            MqttVersion version,
            ClientId clientId,
            String instanceId,
            CredentialsProvider credentials) {
        SignedConnect signed = Authentication.signature(instanceId, credentials).sign(clientId);
        return of(instance, version, clientId, signed);
    }

    static Device of(EmbeddedApsaraMqtt instance, MqttVersion version, ClientId clientId, SignedConnect signed) {
        return version == MqttVersion.V5
                ? new DeviceV5(instance.port(), clientId.value(), signed)
                : new DeviceV3(instance.port(), clientId.value(), signed);
    }

    abstract MqttClient client();

    /** Completes with the CONNACK, or fails. */
    abstract CompletableFuture<?> connecting();

    /** Completes when the message is acknowledged with success, or fails. */
    abstract CompletableFuture<?> publishing(String topic, Qos qos, boolean retained, byte[] payload);

    /** Completes with the SUBACK, or fails. */
    abstract CompletableFuture<?> subscribing(String topicFilter, Qos qos);

    abstract CompletableFuture<?> disconnecting();

    Device connect() {
        await(connecting());
        return this;
    }

    void publish(String topic, Qos qos, byte[] payload) {
        await(publishing(topic, qos, false, payload));
    }

    void publish(String topic, String text) {
        publish(topic, Qos.AT_LEAST_ONCE, text.getBytes(StandardCharsets.UTF_8));
    }

    void subscribe(String topicFilter, Qos qos) {
        await(subscribing(topicFilter, qos));
    }

    void subscribe(String topicFilter) {
        subscribe(topicFilter, Qos.AT_LEAST_ONCE);
    }

    static MqttQos mqttQos(Qos qos) {
        return Objects.requireNonNull(MqttQos.fromCode(qos.code()));
    }

    void receive(String topic, int qos, byte[] payload) {
        received.add(new Received(topic, Qos.of(qos), payload));
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /** The first {@code count} messages; waits for them. */
    List<Received> awaitReceived(int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> received.size() >= count);
        return received();
    }

    List<String> awaitTexts(int count) {
        return awaitReceived(count).stream().map(Received::text).toList();
    }

    boolean isConnected() {
        return client().getState() == MqttClientState.CONNECTED;
    }

    void awaitClosed() {
        Awaitility.await().atMost(PATIENCE).until(() -> !isConnected());
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("No answer from the broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What the future fails with. */
    static Throwable failureOf(CompletableFuture<?> future) {
        Awaitility.await().atMost(PATIENCE).until(future::isDone);
        try {
            future.getNow(null);
        } catch (java.util.concurrent.CompletionException e) {
            return Objects.requireNonNull(e.getCause());
        }
        throw new AssertionError("It should have failed");
    }

    @Override
    public void close() {
        if (isConnected()) {
            // It fails if the broker was quicker to close the connection.
            await(disconnecting().handle((done, alreadyClosed) -> true));
        }
    }
}
