package io.apsaramqtt.advice;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What samples of policies hold in place of a value. */
final class Placeholders {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{[A-Za-z][A-Za-z0-9_ .-]*}|<[A-Za-z][A-Za-z0-9_ .-]*>|\\.{3,}|\u2026");

    private static final Map<String, String> MEANT = Map.of(
            "{instanceId}", "the instance ID, as in MQ_INST_1 or post-cn-x",
            "{mqttInstanceId}", "the ID of the MQTT instance, as in post-cn-x",
            "{storeInstanceId}", "the ID of the RocketMQ instance that stores the messages, as in MQ_INST_1",
            "{topic}", "the parent topic, as in alarms",
            "{groupId}", "the group ID, as in GID_demo",
            "{gid}", "the group ID, as in GID_demo");

    private Placeholders() {}

    static boolean in(String text) {
        return PLACEHOLDER.matcher(text).find();
    }

    static List<String> of(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).toList();
    }

    /** What to write in its place. */
    static String meant(String placeholder) {
        return MEANT.getOrDefault(placeholder, "the value it stands for");
    }
}
