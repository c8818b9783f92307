package io.apsaramqtt.faults;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.delivery.QueueFullException;
import io.apsaramqtt.mqtt.Qos;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Numbers over the client of this project, which publishes to itself. */
final class ClientLink implements NumberedLink {

    private final ApsaraMqttClient client;
    private final String topic;
    private final Qos qos;
    private final List<Integer> received = new CopyOnWriteArrayList<>();

    /** Over a connected client, whose only subscription this makes. */
    ClientLink(ApsaraMqttClient client, String topic, Qos qos) {
        this.client = client;
        this.topic = topic;
        this.qos = qos;
        client.subscribe(topic, qos, message -> received.add(Integer.parseInt(message.text())));
    }

    @Override
    public CompletableFuture<?> publish(int number) {
        CompletableFuture<Void> result = client.publishAsync(topic, Integer.toString(number), qos);
        if (result.isCompletedExceptionally()) {
            Throwable failure = Futures.failureOf(result);
            if (failure instanceof NotConnectedException || failure instanceof QueueFullException) {
                throw (RuntimeException) failure;
            }
        }
        return result;
    }

    @Override
    public List<Integer> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        client.close();
    }
}
