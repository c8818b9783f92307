package io.apsaramqtt.client.transport;

import io.apsaramqtt.ApsaraMqttException;
import org.jspecify.annotations.Nullable;

/** The broker answered no PINGREQ: the cause of a loss that an engine found out itself. Immutable. */
public final class SilentBrokerException extends ApsaraMqttException {

    static final String WORDS = "the broker was silent for longer than the keep-alive";

    /** The engine waited for the broker in vain, and said so with {@code cause}. */
    public SilentBrokerException(@Nullable Throwable cause) {
        super(WORDS, cause);
    }
}
