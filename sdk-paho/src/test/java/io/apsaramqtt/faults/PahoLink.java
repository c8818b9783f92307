package io.apsaramqtt.faults;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Numbers over Paho alone, without the SDK and without a reconnect: enough to see that the trials measure. */
final class PahoLink implements NumberedLink {

    private static final String TOPIC = "faults/numbers";
    private static final long PATIENCE_MILLIS = 20_000;

    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private final MqttAsyncClient client;

    PahoLink(String endpoint) throws MqttException {
        client = new MqttAsyncClient(endpoint, "paho-link", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(1000);
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        client.subscribe(
                        TOPIC,
                        1,
                        (topic, message) -> received.add(
                                ByteBuffer.wrap(message.getPayload()).getInt()))
                .waitForCompletion(PATIENCE_MILLIS);
    }

    @Override
    public CompletableFuture<?> publish(int number) {
        CompletableFuture<Integer> acknowledged = new CompletableFuture<>();
        byte[] payload = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        try {
            client.publish(TOPIC, payload, 1, false, null, new IMqttActionListener() {
                @Override
                public void onSuccess(IMqttToken token) {
                    acknowledged.complete(number);
                }

                @Override
                public void onFailure(IMqttToken token, Throwable failure) {
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
        return acknowledged;
    }

    @Override
    public List<Integer> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 1000, false);
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
