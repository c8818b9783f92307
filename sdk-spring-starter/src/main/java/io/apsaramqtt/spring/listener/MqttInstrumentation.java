package io.apsaramqtt.spring.listener;

import io.apsaramqtt.client.MessagePublisher;
import io.apsaramqtt.client.listener.AcknowledgingListener;
import io.apsaramqtt.permission.VerdictListener;
import org.springframework.beans.factory.BeanFactory;

/**
 * Watches what goes through the clients, for metrics and traces. A bean of this type is asked while the clients are made, so it
 * must not need them to be made itself. Must be thread-safe.
 */
public interface MqttInstrumentation {

    /** All of these beans as one, the first of them innermost. */
    static MqttInstrumentation of(BeanFactory beans) {
        return new Instrumentations(
                beans.getBeanProvider(MqttInstrumentation.class).orderedStream().toList());
    }

    /** Is told the verdicts of {@code client}. */
    default VerdictListener checking(String client) {
        return (operation, topic, verdict) -> {};
    }

    /**
     * What publishes through {@code publisher} for the template of {@code client} and for what its listener methods return; a
     * {@code MessageRequester} if {@code publisher} is one.
     */
    default MessagePublisher publishing(String client, MessagePublisher publisher) {
        return publisher;
    }

    /** What calls {@code listener}, a method of the name {@code id} that {@code client} has messages for. */
    default AcknowledgingListener receiving(String client, String id, AcknowledgingListener listener) {
        return listener;
    }
}
