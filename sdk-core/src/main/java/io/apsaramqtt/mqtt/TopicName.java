package io.apsaramqtt.mqtt;

/**
 * The name of a topic, to which a message is published; it holds no wildcard (MQTT 3.1.1 section 4.7).
 *
 * <p>The first level is the <em>parent topic</em>: it must exist on the instance, and it is what RAM policies name.
 * The levels below it are free. What the service asks beyond the specification is in {@link ServiceRules}.
 *
 * <p>Immutable. Two names are equal if their texts are.
 */
public final class TopicName {

    private static final String THING = "Topic name";

    private final String value;

    /** Cut once, while the name is read anyway: the checks of a publish ask for it several times. */
    private final String parentTopic;

    /** Checks the name against the MQTT specification; throws {@link InvalidMqttValueException}. */
    public TopicName(String value) {
        MqttText.require(THING, value);
        int wildcard = MqttText.firstWildcard(value);
        if (wildcard >= 0) {
            throw new InvalidMqttValueException(
                    THING,
                    value,
                    wildcard,
                    "contains the wildcard '" + value.charAt(wildcard) + "' at index " + wildcard
                            + "; wildcards belong in topic filters. Publish to a name without '+' and '#'");
        }
        this.value = value;
        this.parentTopic = MqttText.firstLevel(value);
    }

    /** The topic name {@code value}; throws {@link InvalidMqttValueException} if it is none. */
    public static TopicName of(String value) {
        return new TopicName(value);
    }

    /**
     * The topic on which a message reaches one client without a subscription: {@code <parent>/p2p/<clientId>}
     * (service page "P2P messaging model").
     */
    public static TopicName p2p(String parentTopic, ClientId clientId) {
        if (parentTopic.indexOf('/') >= 0) {
            throw new InvalidMqttValueException(
                    "Parent topic",
                    parentTopic,
                    parentTopic.indexOf('/'),
                    "has more than one level; a P2P topic is <parent topic>/p2p/<client ID>");
        }
        MqttText.require("Parent topic", parentTopic);
        return new TopicName(parentTopic + "/p2p/" + clientId.value());
    }

    /** The whole name, such as {@code alarms/device-1}. */
    public String value() {
        return value;
    }

    /** The first level, which RAM names: {@code alarms} of {@code alarms/device-1}. Allocates nothing. */
    public String parentTopic() {
        return parentTopic;
    }

    /** Whether this is a P2P topic: three levels, the second of which is {@code p2p}. */
    public boolean isP2p() {
        int first = value.indexOf('/');
        if (first < 0 || !value.startsWith("p2p/", first + 1)) {
            return false;
        }
        int client = first + "/p2p/".length();
        return client < value.length() && value.indexOf('/', client) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicName that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
