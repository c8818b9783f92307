package io.apsaramqtt.paho.v3;

import io.apsaramqtt.client.transport.InboundPackets;
import io.apsaramqtt.client.transport.InboundPackets.Head;
import java.nio.charset.StandardCharsets;

/**
 * Brings topics past Paho's decoder, which takes emoji, full-width punctuation and all else from U+FDD0 for malformed and ends
 * its receiver over it, each time the broker delivers the message anew. What it would refuse is written as two characters
 * for private use, and read back when the message has come through.
 */
final class Topics {

    /** Stands for the upper eight bits of a UTF-16 unit, a {@link #LOWER} for the others. */
    private static final char UPPER = '\uE000';

    private static final char LOWER = '\uE100';
    private static final char LAST = '\uE1FF';
    private static final char FIRST_REFUSED = '\uFDD0';
    private static final int MAX_BYTES = 65_535;
    private static final int ASCII = 0x7F;

    private Topics() {}

    /** The start of a packet as Paho can read it. */
    static Head readable(Head head) {
        if (head.type() != InboundPackets.PUBLISH || isAscii(head.bytes())) {
            return head;
        }
        byte[] bytes = head.bytes();
        byte[] escaped = escape(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        if (escaped.length > MAX_BYTES) {
            return head;
        }
        byte[] readable = new byte[2 + escaped.length];
        readable[0] = (byte) (escaped.length >>> 8);
        readable[1] = (byte) escaped.length;
        System.arraycopy(escaped, 0, readable, 2, escaped.length);
        return new Head(head.first(), readable);
    }

    private static boolean isAscii(byte[] topic) {
        for (int i = 2; i < topic.length; i++) {
            if (topic[i] < ' ' || topic[i] == ASCII) {
                return false;
            }
        }
        return true;
    }

    private static String escape(String topic) {
        StringBuilder escaped = new StringBuilder(topic.length());
        for (int i = 0; i < topic.length(); i++) {
            char c = topic.charAt(i);
            if (Character.isISOControl(c)
                    || Character.isSurrogate(c)
                    || c >= FIRST_REFUSED
                    || (c >= UPPER && c <= LAST)) {
                escaped.append((char) (UPPER + (c >>> 8))).append((char) (LOWER + (c & 0xFF)));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** The topic as it came from the broker. */
    static String original(String readable) {
        StringBuilder topic = new StringBuilder(readable.length());
        for (int i = 0; i < readable.length(); i++) {
            char c = readable.charAt(i);
            if (c >= UPPER && c < LOWER && i + 1 < readable.length()) {
                topic.append((char) ((c - UPPER) << 8 | (readable.charAt(++i) - LOWER)));
            } else {
                topic.append(c);
            }
        }
        return topic.toString();
    }
}
