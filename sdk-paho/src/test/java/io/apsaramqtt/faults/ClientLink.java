package io.apsaramqtt.faults;

import io.apsaramqtt.client.ApsaraMqttClient;
import io.apsaramqtt.client.Futures;
import io.apsaramqtt.client.connection.NotConnectedException;
import io.apsaramqtt.client.delivery.QueueFullException;
import io.apsaramqtt.client.listener.MessageListener;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.Qos;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Numbers over the client of this project. */
final class ClientLink implements NumberedLink {

    private final ApsaraMqttClient client;
    private final String topic;
    private final Qos qos;
    private final Numbers numbers;

    /** A listener that keeps the numbers that it gets. */
    static final class Numbers implements MessageListener {

        private final List<Integer> received = new CopyOnWriteArrayList<>();

        @Override
        public void onMessage(Message message) {
            received.add(Integer.parseInt(message.text()));
        }
    }

    /** Over a connected client to a topic whose messages come to {@code numbers}. */
    ClientLink(ApsaraMqttClient client, String topic, Qos qos, Numbers numbers) {
        this.client = client;
        this.topic = topic;
        this.qos = qos;
        this.numbers = numbers;
    }

    /** Over a connected client, whose only subscription this makes. */
    static ClientLink toItself(ApsaraMqttClient client, String topic, Qos qos) {
        return between(client, client, topic, qos);
    }

    /** From one connected client to another, whose only subscription this makes; closes the first. */
    static ClientLink between(ApsaraMqttClient from, ApsaraMqttClient to, String topic, Qos qos) {
        Numbers numbers = new Numbers();
        to.subscribe(topic, qos, numbers);
        return new ClientLink(from, topic, qos, numbers);
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
        return List.copyOf(numbers.received);
    }

    @Override
    public void close() {
        client.close();
    }
}
