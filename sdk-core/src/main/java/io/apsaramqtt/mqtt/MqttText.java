package io.apsaramqtt.mqtt;

import org.jspecify.annotations.Nullable;

/** What MQTT asks of every UTF-8 string (MQTT 3.1.1 section 1.5.3) and of topics (4.7.3). */
final class MqttText {

    static final int MAX_UTF8_BYTES = 65_535;

    private MqttText() {}

    /** What is wrong with a text, and where: in chars from 0, -1 if it is the text as a whole. */
    record Flaw(int index, String problem) {}

    /** Throws unless {@code value} is a non-empty, well-formed MQTT string without U+0000 that fits a length field. */
    static String require(String thing, String value) {
        if (value.isEmpty()) {
            throw new InvalidMqttValueException(thing, value, -1, "is empty; at least one character is needed");
        }
        return requireText(thing, value);
    }

    /** As {@link #require}, but the text may be empty. */
    static String requireText(String thing, String value) {
        Flaw flaw = flawOf(value);
        if (flaw != null) {
            throw new InvalidMqttValueException(thing, value, flaw.index(), flaw.problem());
        }
        return value;
    }

    /** Why {@code value} is no MQTT string, null if it is one. */
    static @Nullable Flaw flawOf(String value) {
        int bytes = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                return new Flaw(i, "contains U+0000 at index " + i + "; remove it");
            }
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return new Flaw(i, "contains half a surrogate pair at index " + i + ", which UTF-8 cannot carry");
            }
        }
        return bytes > MAX_UTF8_BYTES
                ? new Flaw(-1, "takes " + bytes + " bytes in UTF-8; MQTT allows " + MAX_UTF8_BYTES)
                : null;
    }

    /** The index of the first {@code +} or {@code #}, or -1. */
    static int firstWildcard(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#') {
                return i;
            }
        }
        return -1;
    }

    /** The part before the first {@code /}: the parent topic of a topic name. */
    static String firstLevel(String value) {
        int slash = value.indexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }
}
