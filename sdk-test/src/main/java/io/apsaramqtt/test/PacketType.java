package io.apsaramqtt.test;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Type of an MQTT control packet (MQTT 5 section 2.1.2; all but {@link #AUTH} are in 3.1.1, too). Immutable. */
public enum PacketType {
    /** A client asks to connect. */
    CONNECT(1, Direction.TO_BROKER),
    /** The answer to it. */
    CONNACK(2, Direction.TO_CLIENT),
    /** A message, in either direction. */
    PUBLISH(3),
    /** Acknowledges a message of QoS 1. */
    PUBACK(4),
    /** Acknowledges a message of QoS 2, first step. */
    PUBREC(5),
    /** Releases a message of QoS 2. */
    PUBREL(6),
    /** Acknowledges a message of QoS 2, last step. */
    PUBCOMP(7),
    /** A client asks for messages. */
    SUBSCRIBE(8, Direction.TO_BROKER),
    /** The answer to it. */
    SUBACK(9, Direction.TO_CLIENT),
    /** A client asks for messages no longer. */
    UNSUBSCRIBE(10, Direction.TO_BROKER),
    /** The answer to it. */
    UNSUBACK(11, Direction.TO_CLIENT),
    /** A client shows that it lives. */
    PINGREQ(12, Direction.TO_BROKER),
    /** The answer to it. */
    PINGRESP(13, Direction.TO_CLIENT),
    /** The end, said in so many words: by clients, with MQTT 5 by brokers, too. */
    DISCONNECT(14),
    /** A step of an enhanced authentication, MQTT 5 alone. */
    AUTH(15);

    private final int code;
    private final @Nullable Direction only;

    PacketType(int code) {
        this(code, null);
    }

    PacketType(int code, @Nullable Direction only) {
        this.code = code;
        this.only = only;
    }

    /** Whether packets of this type pass in this direction at all. */
    boolean passes(Direction direction) {
        return only == null || only == direction;
    }

    /** The type in the first byte of a packet; empty for 0, which no version has. */
    static Optional<PacketType> ofFirstByte(int first) {
        return Arrays.stream(values())
                .filter(type -> type.code == (first & 0xFF) >> 4)
                .findFirst();
    }
}
