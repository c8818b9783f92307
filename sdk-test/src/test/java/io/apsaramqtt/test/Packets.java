package io.apsaramqtt.test;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** MQTT packets by their fixed header; their content is a row of sevens. */
final class Packets {

    private static final Map<PacketType, Integer> CODES = Map.of(
            PacketType.CONNECT, 1,
            PacketType.PUBLISH, 3,
            PacketType.PUBACK, 4,
            PacketType.PINGREQ, 12);

    private Packets() {}

    /** A packet with a content of this many bytes. */
    static byte[] of(PacketType type, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Objects.requireNonNull(CODES.get(type)) << 4);
        int rest = length;
        do {
            out.write(rest % 128 | (rest < 128 ? 0 : 128));
            rest /= 128;
        } while (rest > 0);
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) 7);
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
