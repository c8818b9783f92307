package io.apsaramqtt.mqtt;

import java.util.Collection;
import java.util.Optional;

/**
 * What a client subscribes to: a topic name in which {@code +} stands for one level and a last {@code #} for the level
 * above it and any number of levels below (MQTT 3.1.1 section 4.7). {@code $share/<name>/<filter>} is a shared
 * subscription (MQTT 5 section 4.8.2).
 *
 * <p>Immutable. Two filters are equal if their texts are.
 */
public final class TopicFilter {

    private static final String THING = "Topic filter";
    private static final String SHARE = "$share/";

    private final String value;

    /** Where the filter within a shared subscription starts; 0 in any other. */
    private final int start;

    private final String parentTopic;

    /** Checks the filter against the MQTT specification; throws {@link InvalidMqttValueException}. */
    public TopicFilter(String value) {
        MqttText.require(THING, value);
        this.value = value;
        this.start = value.startsWith(SHARE) ? startOfSharedFilter(value) : 0;
        this.parentTopic = MqttText.firstLevel(value.substring(start));
        for (int i = start; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#') {
                requireWholeLevel(value, start, i);
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

    /** The whole filter, such as {@code alarms/#}. */
    public String value() {
        return value;
    }

    /** Whether a message published to {@code topic} is delivered to this subscription. Allocates nothing. */
    public boolean matches(TopicName topic) {
        return TopicMatching.matches(value, start, topic.value());
    }

    /** Whether every topic that {@code other} matches is matched by this filter too. Of shared ones, the filter within. */
    public boolean covers(TopicFilter other) {
        return FilterContainment.covers(levels(), other.levels());
    }

    /**
     * Whether every topic that this filter matches is matched by one or another of {@code filters}: {@code alarms/#} is
     * covered by {@code alarms} and {@code alarms/+/#} together. Of shared ones, the filter within.
     */
    public boolean isCoveredBy(Collection<TopicFilter> filters) {
        return FilterContainment.coverTogether(
                filters.stream().map(TopicFilter::levels).toList(), levels());
    }

    /** Whether there is a topic that both filters match. Of shared ones, the filter within. */
    public boolean overlaps(TopicFilter other) {
        return FilterContainment.overlap(levels(), other.levels());
    }

    private String[] levels() {
        return FilterContainment.levels(value.substring(start));
    }

    /** Whether the filter holds a wildcard. */
    public boolean hasWildcard() {
        return MqttText.firstWildcard(value) >= 0;
    }

    /** Whether the first level, which RAM would have to name, is a wildcard. */
    public boolean startsWithWildcard() {
        char first = value.charAt(start);
        return first == '+' || first == '#';
    }

    /** The first level of the filter, which RAM names; for a shared subscription, of the filter within. Allocates nothing. */
    public String parentTopic() {
        return parentTopic;
    }

    /** The name of the shared subscription, if it is one. */
    public Optional<String> shareName() {
        return start == 0 ? Optional.empty() : Optional.of(value.substring(SHARE.length(), start - 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicFilter that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The filter itself. */
    @Override
    public String toString() {
        return value;
    }
}
