package io.apsaramqtt.spring.autoconfigure;

import io.apsaramqtt.client.listener.ListenerOptions;
import io.apsaramqtt.mqtt.TopicName;
import io.apsaramqtt.spring.listener.MqttListenerSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of listener methods, where their annotation does not say otherwise.
 *
 * <p>Immutable.
 *
 * @param autoStartup Whether listeners start with the application.
 * @param concurrency Number of messages that are with a listener at a time. By default as many as listener-threads.
 * @param drainTimeout Time that a shutdown waits for listeners.
 * @param deadLetterTopic Topic to which a message goes when the last attempt has failed.
 * @param retry Attempts after a listener failed.
 */
@ConfigurationProperties("apsara.mqtt.listener")
record MqttListenerProperties(
        @DefaultValue("true") boolean autoStartup,
        @Nullable Integer concurrency,
        @DefaultValue("10s") Duration drainTimeout,
        @Nullable String deadLetterTopic,
        @DefaultValue Retry retry) {

    /**
     * Attempts after a listener failed.
     *
     * <p>Immutable.
     *
     * @param attempts Number of times that a message is given to a listener, the first included.
     * @param minDelay Wait before the second attempt, doubled for each later one.
     * @param maxDelay Wait that is never doubled beyond.
     */
    record Retry(
            @DefaultValue("1") int attempts,
            @DefaultValue("1s") Duration minDelay,
            @DefaultValue("10s") Duration maxDelay) {}

    /** What they say; {@link MqttPropertyException} if a value cannot be. */
    MqttListenerSettings settings() {
        return new MqttListenerSettings(options(), concurrency == null ? 0 : concurrency, autoStartup);
    }

    private ListenerOptions options() {
        ListenerOptions options = ListenerOptions.defaults();
        if (retry.attempts() != 1) {
            options = MqttPropertyException.naming("listener.retry", retry, this::retrying);
        }
        String topic = deadLetterTopic;
        return topic == null
                ? options
                : options.withDeadLetterTopic(
                        MqttPropertyException.naming("listener.dead-letter-topic", topic, TopicName::of));
    }

    private ListenerOptions retrying(Retry wanted) {
        return ListenerOptions.defaults().withRetry(wanted.attempts(), wanted.minDelay(), wanted.maxDelay());
    }
}
