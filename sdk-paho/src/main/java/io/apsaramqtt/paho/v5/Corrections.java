package io.apsaramqtt.paho.v5;

import io.apsaramqtt.client.transport.InboundPackets;
import io.apsaramqtt.client.transport.InboundPackets.Head;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Corrects what the broker sends where Paho would drop the connection over it, and keeps what it would lose. Paho does not know
 * all reason codes of MQTT 5 section 2.4, and takes those for malformed packets; it ends the connection over a PUBREC that
 * refuses, though the exchange alone has ended; and it does not tell whether a message may have come before.
 *
 * <p>Thread-safe: written by Paho's receiver, read by its callback thread.
 */
final class Corrections implements InboundPackets.Editor {

    private static final int CONNACK = 0x20;
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBREL = 0x60;
    private static final int SUBACK = 0x90;
    private static final int UNSUBACK = 0xB0;

    private static final int DUPLICATE = 0x08;
    private static final int FIRST_REFUSAL = 0x80;
    private static final int UNSPECIFIED = 0x80;
    private static final int PACKET_ID_BYTES = 2;

    private static final Set<Integer> CONNACK_CODES = Set.of(
            0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x9A, 0x9C, 0x9D,
            0x9F);
    private static final Set<Integer> PUBACK_CODES = Set.of(0x80, 0x83, 0x87, 0x90, 0x97, 0x99);
    private static final Set<Integer> SUBACK_CODES = Set.of(0x80, 0x83, 0x87, 0x8F, 0x91, 0x9E);
    private static final Set<Integer> UNSUBACK_CODES = Set.of(0x80, 0x83, 0x87, 0x8F, 0x91);

    private final Map<Integer, int[]> originals = new ConcurrentHashMap<>();
    private final Queue<Boolean> duplicates = new ConcurrentLinkedQueue<>();
    private volatile int connack;

    @Override
    public Head edit(Head head) {
        byte[] bytes = head.bytes();
        return switch (head.type()) {
            case InboundPackets.PUBLISH -> {
                duplicates.add((head.first() & DUPLICATE) != 0);
                yield head;
            }
            case CONNACK -> connack(head);
            case PUBACK -> answered(head, PUBACK_CODES, PACKET_ID_BYTES, PACKET_ID_BYTES + 1);
            case PUBREC ->
                bytes.length > PACKET_ID_BYTES && isRefusal(bytes[PACKET_ID_BYTES])
                        ? answered(new Head(PUBACK, bytes), PUBACK_CODES, PACKET_ID_BYTES, PACKET_ID_BYTES + 1)
                        : head;
            // The broker does not know the message any more: all the same, it waits for the PUBCOMP.
            case PUBREL -> new Head(head.first(), Arrays.copyOf(bytes, Math.min(bytes.length, PACKET_ID_BYTES)));
            case SUBACK -> answered(head, SUBACK_CODES, afterProperties(bytes), bytes.length);
            case UNSUBACK -> answered(head, UNSUBACK_CODES, afterProperties(bytes), bytes.length);
            default -> head;
        };
    }

    private Head connack(Head head) {
        byte[] bytes = head.bytes().clone();
        if (bytes.length > 1 && isRefusal(bytes[1]) && !CONNACK_CODES.contains(bytes[1] & 0xFF)) {
            connack = bytes[1] & 0xFF;
            bytes[1] = (byte) UNSPECIFIED;
        }
        return new Head(head.first(), bytes);
    }

    /** An answer whose codes stand between {@code from} and {@code to}: those that are not {@code known} are replaced. */
    private Head answered(Head head, Set<Integer> known, int from, int to) {
        byte[] bytes = head.bytes().clone();
        if (bytes.length < PACKET_ID_BYTES) {
            return head;
        }
        int packetId = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        originals.remove(packetId);
        int[] codes = new int[Math.max(0, Math.min(to, bytes.length) - from)];
        boolean replaced = false;
        for (int i = 0; i < codes.length; i++) {
            codes[i] = bytes[from + i] & 0xFF;
            if (isRefusal(bytes[from + i]) && !known.contains(codes[i])) {
                bytes[from + i] = (byte) UNSPECIFIED;
                replaced = true;
            }
        }
        if (replaced) {
            originals.put(packetId, codes);
        }
        return new Head(head.first(), bytes);
    }

    private static boolean isRefusal(byte code) {
        return (code & 0xFF) >= FIRST_REFUSAL;
    }

    /** Where the codes begin: after the packet identifier, the length of the properties and these. */
    private static int afterProperties(byte[] bytes) {
        int length = 0;
        int at = PACKET_ID_BYTES;
        for (int shift = 0; at < bytes.length; shift += 7) {
            int b = bytes[at++];
            length |= (b & 0x7F) << shift;
            if (b >= 0) {
                break;
            }
        }
        return Math.min(at + length, bytes.length);
    }

    /** The codes that the broker sent where Paho read {@code codes}. */
    int[] original(int packetId, int[] codes) {
        int[] original = originals.remove(packetId);
        return original == null ? codes : original;
    }

    /** The code of a CONNACK that the broker sent where Paho read {@code code}. */
    int originalConnack(int code) {
        return code == UNSPECIFIED && connack != 0 ? connack : code;
    }

    /** Whether the next message that Paho hands on was marked as one that may have come before. */
    boolean nextIsDuplicate() {
        return Boolean.TRUE.equals(duplicates.poll());
    }
}
