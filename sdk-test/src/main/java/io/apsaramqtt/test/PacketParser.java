package io.apsaramqtt.test;

import java.util.Optional;

/**
 * Finds where MQTT packets begin and end in the bytes of one direction, however they are cut into pieces (MQTT 5 section
 * 2.1). Bytes that are no MQTT, such as TLS, are one endless piece without a packet. Not thread-safe.
 */
final class PacketParser {

    private static final int LONGEST_LENGTH_FIELD = 4;

    /**
     * Bytes of one packet.
     *
     * @param length how many they are, at least one
     * @param begins the type of the packet, where its first byte is among them
     * @param ends whether its last byte is among them
     */
    record Piece(int length, Optional<PacketType> begins, boolean ends) {}

    private enum Expects {
        FIRST_BYTE,
        LENGTH,
        CONTENT,
        NOTHING_KNOWN
    }

    private Expects expects = Expects.FIRST_BYTE;
    private int lengthBytes;
    private int remaining;

    /** The next piece, which begins at {@code offset}; {@code offset} is less than {@code end}. */
    Piece next(byte[] bytes, int offset, int end) {
        Optional<PacketType> begins = Optional.empty();
        int position = offset;
        if (expects == Expects.FIRST_BYTE) {
            begins = PacketType.ofFirstByte(bytes[position]);
            position++;
            lengthBytes = 0;
            remaining = 0;
            expects = begins.isPresent() ? Expects.LENGTH : Expects.NOTHING_KNOWN;
        }
        while (expects == Expects.LENGTH && position < end) {
            readLength(bytes[position]);
            position++;
        }
        if (expects == Expects.NOTHING_KNOWN) {
            return new Piece(end - offset, begins, false);
        }
        if (expects == Expects.CONTENT) {
            int content = Math.min(remaining, end - position);
            position += content;
            remaining -= content;
            if (remaining == 0) {
                expects = Expects.FIRST_BYTE;
                return new Piece(position - offset, begins, true);
            }
        }
        return new Piece(position - offset, begins, false);
    }

    private void readLength(byte b) {
        remaining |= (b & 0x7F) << (7 * lengthBytes);
        lengthBytes++;
        if ((b & 0x80) == 0) {
            expects = Expects.CONTENT;
        } else if (lengthBytes == LONGEST_LENGTH_FIELD) {
            expects = Expects.NOTHING_KNOWN;
        }
    }
}
