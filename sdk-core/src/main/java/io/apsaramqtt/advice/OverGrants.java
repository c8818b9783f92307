package io.apsaramqtt.advice;

import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.mqtt.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a policy grants beyond what was asked, as RAM cannot say it more narrowly; one sentence each. */
final class OverGrants {

    private OverGrants() {}

    static List<String> of(List<TopicName> published, List<TopicFilter> subscribed, boolean namespace) {
        TreeSet<String> parents = new TreeSet<>();
        List<String> sentences = new ArrayList<>();
        for (TopicName topic : published) {
            parents.add(topic.parentTopic());
            sentences.add(sentence("publish", topic.value(), topic.parentTopic()));
        }
        for (TopicFilter filter : subscribed) {
            parents.add(filter.parentTopic());
            if (!filter.covers(TopicFilter.of(filter.parentTopic() + "/#"))) {
                sentences.add(sentence("subscribe", filter.value(), filter.parentTopic()));
            }
        }
        if (!namespace) {
            parents.forEach(parent -> sentences.add("Without a namespace RAM cannot name the instance of a topic: ["
                    + parent + "] is granted on every instance without one"));
        }
        return sentences.stream().distinct().toList();
    }

    private static String sentence(String operation, String topic, String parentTopic) {
        return "Asked was " + operation + " [" + topic + "]; RAM knows parent topics only, so [" + parentTopic
                + "] and every topic below it is granted";
    }
}
