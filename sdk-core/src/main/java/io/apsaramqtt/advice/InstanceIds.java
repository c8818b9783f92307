package io.apsaramqtt.advice;

import java.util.regex.Pattern;

/** What can be told of an instance from the look of its ID; the pages promise no form, so only advice may hang on it. */
final class InstanceIds {

    private static final Pattern MQTT = Pattern.compile("(post|postintl|mqtt)-.+");
    private static final Pattern MQ = Pattern.compile("MQ_INST_.+");

    private InstanceIds() {}

    static boolean looksLikeMqtt(String id) {
        return MQTT.matcher(id).matches();
    }

    static boolean looksLikeAny(String id) {
        return looksLikeMqtt(id) || MQ.matcher(id).matches();
    }
}
