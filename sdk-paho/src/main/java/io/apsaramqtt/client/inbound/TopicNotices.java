package io.apsaramqtt.client.inbound;

import io.apsaramqtt.mqtt.TopicName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Keeps a log line that names a topic from being written for each of its messages. Thread-safe. */
final class TopicNotices {

    private static final int TOPICS = 1_000;

    private final Clock clock;
    private final Duration quiet;
    private final Map<TopicName, Instant> named = new HashMap<>();

    /** One line a topic within {@code quiet}, and no more than 1,000 topics within it. */
    TopicNotices(Clock clock, Duration quiet) {
        this.clock = clock;
        this.quiet = quiet;
    }

    /** Whether the topic may be named now; if so, it counts as named. */
    synchronized boolean mayName(TopicName topic) {
        Instant now = clock.instant();
        Instant last = named.get(topic);
        if (last != null && !isOver(last, now)) {
            return false;
        }
        if (named.size() >= TOPICS) {
            named.values().removeIf(each -> isOver(each, now));
        }
        if (named.size() >= TOPICS) {
            return false;
        }
        named.put(topic, now);
        return true;
    }

    private boolean isOver(Instant last, Instant now) {
        return Duration.between(last, now).compareTo(quiet) >= 0;
    }
}
