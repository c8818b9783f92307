package io.apsaramqtt.policy;

import java.util.Arrays;

/**
 * An IP address with a prefix length, version 4 or 6, read without asking a name server (RFC 4632, RFC 4291 section 2.2).
 *
 * <p>An address of version 4 can be written in version 6: {@code ::ffff:10.0.0.1} (RFC 4291 section 2.5.5.2). No page says
 * whether RAM takes the two for one address, so a network of one kind <em>may</em> contain an address of the other.
 *
 * <p>Immutable.
 */
final class Network {

    /** What precedes an address of version 4 that is written in version 6. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** 16 bytes; of version 4 as it is written in version 6. */
    private final byte[] address;

    /** How many of the 128 bits count. */
    private final int prefix;

    private final boolean writtenAsVersion4;

    private Network(byte[] address, int prefix, boolean writtenAsVersion4) {
        this.address = address;
        this.prefix = prefix;
        this.writtenAsVersion4 = writtenAsVersion4;
    }

    /** Throws {@link IllegalArgumentException} unless {@code text} is an address with or without a prefix length. */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] written = address(slash < 0 ? text : text.substring(0, slash));
        int bits = written.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : number(text.substring(slash + 1), 10, bits);
        if (written.length > MAPPED.length) {
            return new Network(written, prefix, false);
        }
        byte[] address = Arrays.copyOf(MAPPED, MAPPED.length + written.length);
        System.arraycopy(written, 0, address, MAPPED.length, written.length);
        return new Network(address, MAPPED.length * Byte.SIZE + prefix, true);
    }

    /** Whether every address of {@code other} is one of this; maybe, if that depends on how RAM takes mapped addresses. */
    Match contains(Network other) {
        if (!beginsAsThis(other)) {
            return Match.NO;
        }
        return writtenAsVersion4 == other.writtenAsVersion4 && isVersion4() == other.isVersion4()
                ? Match.YES
                : Match.MAYBE;
    }

    private boolean beginsAsThis(Network other) {
        if (prefix > other.prefix) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        if (!Arrays.equals(address, 0, whole, other.address, 0, whole)) {
            return false;
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ other.address[whole]) & 0xFF) >>> (Byte.SIZE - rest) == 0;
    }

    /** Whether all of its addresses are ones of version 4, however they are written. */
    private boolean isVersion4() {
        return prefix >= MAPPED.length * Byte.SIZE
                && Arrays.equals(MAPPED, 0, MAPPED.length, address, 0, MAPPED.length);
    }

    private static byte[] address(String text) {
        return text.indexOf(':') < 0 ? version4(text) : version6(text);
    }

    private static byte[] version4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) number(parts[i], 10, 0xFF);
        }
        return address;
    }

    private static byte[] version6(String text) {
        int gap = text.indexOf("::");
        byte[] head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2), true);
        byte[] address = new byte[16];
        if (gap < 0 ? head.length != address.length : head.length + tail.length >= address.length) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        System.arraycopy(head, 0, address, 0, head.length);
        System.arraycopy(tail, 0, address, address.length - tail.length, tail.length);
        return address;
    }

    /** Groups of an address of version 6, of which only the last may be one of version 4, at the end of the whole. */
    private static byte[] groups(String text, boolean atEnd) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] last = !atEnd || parts[parts.length - 1].indexOf('.') < 0 ? null : version4(parts[parts.length - 1]);
        int groups = last == null ? parts.length : parts.length - 1;
        byte[] bytes = new byte[groups * 2 + (last == null ? 0 : last.length)];
        for (int i = 0; i < groups; i++) {
            int group = number(parts[i], 16, 0xFFFF);
            bytes[2 * i] = (byte) (group >>> Byte.SIZE);
            bytes[2 * i + 1] = (byte) group;
        }
        if (last != null) {
            System.arraycopy(last, 0, bytes, groups * 2, last.length);
        }
        return bytes;
    }

    /** A decimal number with a leading zero is an octal one to some readers, and none here. */
    private static int number(String text, int radix, int max) {
        boolean digits = !text.isEmpty()
                && text.length() <= 4
                && (radix != 10 || text.length() == 1 || text.charAt(0) != '0')
                && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
        if (!digits || Integer.parseInt(text, radix) > max) {
            throw new IllegalArgumentException("not a part of an address: " + text);
        }
        return Integer.parseInt(text, radix);
    }
}
