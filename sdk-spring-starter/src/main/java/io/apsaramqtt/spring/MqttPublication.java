package io.apsaramqtt.spring;

import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.mqtt.Message;
import io.apsaramqtt.mqtt.MessageProperties;
import io.apsaramqtt.mqtt.Qos;
import io.apsaramqtt.mqtt.TopicName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A message about to be published, with what a plain call of {@link MqttTemplate} has no place for. What is not said has the
 * default of the template. A client that speaks MQTT 3.1.1 refuses what only MQTT 5 can carry.
 *
 * <pre>{@code
 * mqtt.message(reading).topic("devices/1/temperature").expiry(Duration.ofMinutes(1)).userProperty("unit", "C").publish();
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class MqttPublication {

    private final MqttTemplate template;
    private final Object payload;
    private @Nullable String topic;
    private @Nullable Qos qos;
    private boolean retained;
    private UnaryOperator<MessageProperties> properties = UnaryOperator.identity();

    MqttPublication(MqttTemplate template, Object payload) {
        this.template = template;
        this.payload = payload;
    }

    /** Where to. */
    public MqttPublication topic(String name) {
        topic = name;
        return this;
    }

    /** To one client, which gets it without a subscription (service page "P2P messaging model"). */
    public MqttPublication toClient(String parentTopic, ClientId clientId) {
        return topic(TopicName.p2p(parentTopic, clientId).value());
    }

    /** With another quality of service. */
    public MqttPublication qos(Qos choice) {
        qos = choice;
        return this;
    }

    /** To be kept by the broker for later subscribers; the service refuses that. */
    public MqttPublication retained() {
        retained = true;
        return this;
    }

    /** With one more user property (MQTT 5). */
    public MqttPublication userProperty(String name, String value) {
        return with(before -> before.withUserProperty(name, value));
    }

    /** With the type of the payload, a MIME type by custom (MQTT 5). */
    public MqttPublication contentType(String type) {
        return with(before -> before.withContentType(type));
    }

    /** With the time after which it is not delivered any more (MQTT 5). */
    public MqttPublication expiry(Duration time) {
        return with(before -> before.withExpiry(time));
    }

    /** With other properties of MQTT 5, in place of those that were given before. */
    public MqttPublication properties(MessageProperties all) {
        return with(before -> all);
    }

    private MqttPublication with(UnaryOperator<MessageProperties> change) {
        UnaryOperator<MessageProperties> before = properties;
        properties = given -> change.apply(before.apply(given));
        return this;
    }

    /** The message; throws what {@link MqttMessages#toMqtt} throws. */
    public Message build() {
        Message message = template.convert(topic, payload);
        Message withQos = qos == null ? message : message.withQos(qos);
        return (retained ? withQos.withRetained(true) : withQos).withProperties(properties.apply(withQos.properties()));
    }

    /** Publishes as {@link MqttTemplate#publish} does. */
    public void publish() {
        template.publishMessage(build());
    }

    /** Publishes as {@link MqttTemplate#publishAsync} does; never throws. */
    public CompletableFuture<Void> publishAsync() {
        return template.async(this::build);
    }

    /** Sends a request as {@link MqttTemplate#request} does. */
    public <T> T request(Class<T> replyType, Duration limit) {
        return template.requestMessage(build(), replyType, limit);
    }
}
