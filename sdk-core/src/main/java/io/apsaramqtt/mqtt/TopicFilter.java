package io.apsaramqtt.mqtt;

import java.util.Optional;

/**
 * What a client subscribes to: a topic name in which {@code +} stands for one level and a last {@code #} for the level
 * above it and any number of levels below (MQTT 3.1.1 section 4.7). {@code $share/<name>/<filter>} is a shared
 * subscription (MQTT 5 section 4.8.2).
 *
 * <p>Immutable.
 *
 * @param value the whole filter, such as {@code alarms/#}
 */
public record TopicFilter(String value) {

    private static final String THING = "Topic filter";
    private static final String SHARE = "$share/";

    /** Checks the filter against the MQTT specification; throws {@link InvalidMqttValueException}. */
    public TopicFilter {
        MqttText.require(THING, value);
        int from = value.startsWith(SHARE) ? startOfSharedFilter(value) : 0;
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#') {
                requireWholeLevel(value, from, i);
            }
        }
    }

    private static int startOfSharedFilter(String value) {
        int nameEnd = value.indexOf('/', SHARE.length());
        int wildcard = MqttText.firstWildcard(value);
        if (nameEnd <= SHARE.length() || nameEnd == value.length() - 1 || (wildcard >= 0 && wildcard < nameEnd)) {
            throw new InvalidMqttValueException(
                    THING,
                    value,
                    SHARE.length(),
                    "is not a shared subscription; it must read $share/<name>/<filter>, the name without '+' and '#'");
        }
        return nameEnd + 1;
    }

    private static void requireWholeLevel(String value, int from, int i) {
        char c = value.charAt(i);
        boolean starts = i == from || value.charAt(i - 1) == '/';
        boolean ends = i == value.length() - 1 || (c == '+' && value.charAt(i + 1) == '/');
        if (!starts || !ends) {
            throw new InvalidMqttValueException(
                    THING,
                    value,
                    i,
                    "has a misplaced wildcard '" + c + "' at index " + i + "; "
                            + (c == '+'
                                    ? "'+' must be a whole level, as in a/+/b"
                                    : "'#' must be the whole last level, as in a/#"));
        }
    }

    /** The topic filter {@code value}; throws {@link InvalidMqttValueException} if it is none. */
    public static TopicFilter of(String value) {
        return new TopicFilter(value);
    }

    /** Whether a message published to {@code topic} is delivered to this subscription. Allocates nothing. */
    public boolean matches(TopicName topic) {
        return TopicMatching.matches(value, filterStart(), topic.value());
    }

    /** Whether every topic that {@code other} matches is matched by this filter too. Of shared ones, the filter within. */
    public boolean covers(TopicFilter other) {
        return FilterContainment.covers(levels(), other.levels());
    }

    /** Whether there is a topic that both filters match. Of shared ones, the filter within. */
    public boolean overlaps(TopicFilter other) {
        return FilterContainment.overlap(levels(), other.levels());
    }

    private String[] levels() {
        return FilterContainment.levels(value.substring(filterStart()));
    }

    /** Whether the filter holds a wildcard. */
    public boolean hasWildcard() {
        return MqttText.firstWildcard(value) >= 0;
    }

    /** Whether the first level, which RAM would have to name, is a wildcard. */
    public boolean startsWithWildcard() {
        char first = value.charAt(filterStart());
        return first == '+' || first == '#';
    }

    /** The first level of the filter, which RAM names; for a shared subscription, of the filter within. */
    public String parentTopic() {
        return MqttText.firstLevel(value.substring(filterStart()));
    }

    /** The name of the shared subscription, if it is one. */
    public Optional<String> shareName() {
        int start = filterStart();
        return start == 0 ? Optional.empty() : Optional.of(value.substring(SHARE.length(), start - 1));
    }

    private int filterStart() {
        return value.startsWith(SHARE) ? value.indexOf('/', SHARE.length()) + 1 : 0;
    }

    /** The filter itself. */
    @Override
    public String toString() {
        return value;
    }
}
