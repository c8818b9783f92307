package io.apsaramqtt.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;

/**
 * Handles what a {@link MqttListener} method throws, and what fails before it is called: a payload that cannot be converted or
 * is not valid. Called on the thread of the listener, at each attempt.
 */
@FunctionalInterface
public interface MqttListenerErrorHandler {

    /**
     * Handles {@code failure}. To return is to have handled the message: it is acknowledged, and the result, if not null, is
     * published as the method's own would be. To throw is to leave it to the retries and dead letters of the listener.
     *
     * @param message what was received; the payload is a {@code byte[]}
     */
    @Nullable
    Object handle(Message<?> message, Exception failure) throws Exception;
}
