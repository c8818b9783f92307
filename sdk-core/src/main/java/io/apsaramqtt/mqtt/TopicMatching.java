package io.apsaramqtt.mqtt;

/** Matching of a topic name by a topic filter, level by level over the two texts (MQTT 3.1.1 section 4.7). */
final class TopicMatching {

    private TopicMatching() {}

    /** Matches {@code topic} against {@code filter} from index {@code start} on. */
    static boolean matches(String filter, int start, String topic) {
        int f = start;
        int t = 0;
        // [MQTT-4.7.2-1]: a leading wildcard does not match topics that begin with '$'.
        if (topic.charAt(0) == '$' && (filter.charAt(f) == '+' || filter.charAt(f) == '#')) {
            return false;
        }
        while (true) {
            int filterEnd = endOfLevel(filter, f);
            int topicEnd = endOfLevel(topic, t);
            if (isWildcard(filter, f, filterEnd, '#')) {
                return true;
            }
            if (!isWildcard(filter, f, filterEnd, '+') && !sameLevel(filter, f, filterEnd, topic, t, topicEnd)) {
                return false;
            }
            boolean filterDone = filterEnd == filter.length();
            boolean topicDone = topicEnd == topic.length();
            if (filterDone || topicDone) {
                // "sport/#" also matches "sport": '#' includes the parent level.
                return filterDone ? topicDone : filter.length() == filterEnd + 2 && filter.charAt(filterEnd + 1) == '#';
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    private static boolean isWildcard(String filter, int from, int end, char wildcard) {
        return end == from + 1 && filter.charAt(from) == wildcard;
    }

    private static boolean sameLevel(String filter, int f, int filterEnd, String topic, int t, int topicEnd) {
        return filterEnd - f == topicEnd - t && filter.regionMatches(f, topic, t, topicEnd - t);
    }

    private static int endOfLevel(String text, int from) {
        int slash = text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }
}
