package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.MqttVersion;
import java.time.Duration;

/**
 * How messages are received. Immutable.
 *
 * @param version of MQTT: from 5 on a dead letter says in its properties what it is
 * @param lanes how many topics are delivered in parallel, at least 1
 * @param capacity how many messages may wait for listeners or be with them, all topics together, at least 1
 * @param hold how long the engine's thread is held back at most while there is no room; zero for not at all
 * @param slowAfter after how long an acknowledgement is slow
 */
public record InboundSettings(MqttVersion version, int lanes, int capacity, Duration hold, Duration slowAfter) {

    /** How many messages wait for listeners, where nobody says otherwise. */
    public static final int DEFAULT_CAPACITY = 1_000;

    /** The service delivers again what is not acknowledged within 3 to 10 s. */
    public static final Duration DEFAULT_SLOW_AFTER = Duration.ofSeconds(3);

    /** Throws {@link IllegalArgumentException} where there is not one lane, or not room for one message. */
    public InboundSettings {
        if (lanes < 1 || capacity < 1) {
            throw new IllegalArgumentException(
                    "Lanes [" + lanes + "] and capacity [" + capacity + "] cannot be; use at least 1 of each");
        }
    }

    /** Room for {@value #DEFAULT_CAPACITY} messages, slow after 3 s; {@code hold} is half of the keep-alive by custom. */
    public static InboundSettings of(MqttVersion version, int lanes, Duration hold) {
        return new InboundSettings(version, lanes, DEFAULT_CAPACITY, hold, DEFAULT_SLOW_AFTER);
    }
}
