package io.apsaramqtt.spring;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.mqtt.Message;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes the messages of a Spring application. {@code publish} blocks until the broker has acknowledged and throws,
 * {@code publishAsync} never throws and fails its future: {@link MessagePublisher} lists with what, and which failures may
 * be tried again.
 *
 * <pre>{@code
 * @Service
 * class Alarms {
 *     private final MqttTemplate mqtt;
 *
 *     Alarms(MqttTemplate mqtt) {
 *         this.mqtt = mqtt;
 *     }
 *
 *     void raise(String device) {
 *         mqtt.publish("alarms/" + device, "hot");
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class MqttTemplate implements MessagePublisher {

    private final MessagePublisher publisher;

    /** A template that publishes through {@code publisher}: a client, or in a unit test a lambda that keeps the messages. */
    public MqttTemplate(MessagePublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public CompletableFuture<Void> publishAsync(Message message) {
        return publisher.publishAsync(message);
    }
}
