package io.apsaramqtt.mqtt;

import io.apsaramqtt.mqtt.ServiceRuleException.Rule;
import java.util.Collection;

/**
 * What the service asks of client IDs, topics, messages and subscriptions beyond the MQTT specification, checked before
 * anything is sent (service pages "Limits", "Terms", "Migrate open source MQTT clients"). Profile
 * {@link Profile#GENERIC} asks nothing.
 *
 * <p>Of a topic only the parent topic's characters are checked: no page says what the levels below may hold.
 *
 * <p>Immutable.
 *
 * @param profile which broker it is
 * @param limits the numbers
 */
public record ServiceRules(Profile profile, ServiceLimits limits) {

    /** The rules of {@code profile} with the standard limits. */
    public static ServiceRules of(Profile profile) {
        return new ServiceRules(profile, ServiceLimits.standard());
    }

    /** Throws {@link ServiceRuleException} if the service would refuse a connection with this client ID. */
    public void requireClientId(ClientId clientId) {
        if (profile == Profile.GENERIC) {
            return;
        }
        if (clientId.value().length() > limits.clientIdLength()) {
            throw new ServiceRuleException(
                    Rule.CLIENT_ID_LENGTH,
                    "Client ID [" + clientId + "] has " + clientId.value().length()
                            + " characters; the service allows " + limits.clientIdLength()
                            + ", group ID and @@@ included. Shorten the device ID");
        }
        String group = clientId.groupId().orElse("");
        String device = clientId.deviceId().orElse("");
        if (!isName(group) || !isName(device)) {
            throw new ServiceRuleException(
                    Rule.CLIENT_ID_FORM,
                    "Client ID [" + clientId + "] is not <GroupID>@@@<DeviceID> with letters, digits, '-' and '_' in"
                            + " each part. Create the group in the console and use, for example, GID_demo@@@device-1");
        }
    }

    /** Throws {@link ServiceRuleException} if the service would drop this message or the connection over it. */
    public void requirePublishable(Message message) {
        if (profile == Profile.GENERIC) {
            return;
        }
        TopicName topic = message.topic();
        requireTopic("Topic name", topic.value(), topic.parentTopic());
        requireLength("Topic name", topic.value(), topic.isP2p() ? limits.p2pTopicLength() : limits.topicLength());
        if (message.payloadLength() > limits.payloadBytes()) {
            throw new ServiceRuleException(
                    Rule.PAYLOAD_SIZE,
                    "Payload of " + message.payloadLength() + " bytes for topic [" + topic + "] is too large; the"
                            + " service allows " + limits.payloadBytes() + " bytes and cuts the connection above."
                            + " Split it, or set ServiceLimits.withPayloadBytes if your edition allows more");
        }
        if (message.retained()) {
            throw new ServiceRuleException(
                    Rule.RETAINED_MESSAGE,
                    "Message for topic [" + topic + "] is retained; the service keeps no retained messages."
                            + " Publish it without the flag");
        }
    }

    /** Throws {@link ServiceRuleException} if the service would never publish this will. */
    public void requireWill(Message will) {
        if (profile == Profile.APSARAMQ) {
            throw new ServiceRuleException(
                    Rule.WILL,
                    "Will on topic [" + will.topic() + "] would never be published: the service does not support wills."
                            + " Use a client status notification rule of the instance instead");
        }
    }

    /** Throws {@link ServiceRuleException} if the service would ignore this filter or cut the connection over it. */
    public void requireSubscribable(TopicFilter filter) {
        if (profile == Profile.GENERIC) {
            return;
        }
        if (filter.shareName().isPresent()) {
            throw new ServiceRuleException(
                    Rule.SHARED_SUBSCRIPTION,
                    "Topic filter [" + filter + "] is a shared subscription, which the service does not support."
                            + " Subscribe to ["
                            + filter.value().substring(filter.value().indexOf('/', 7) + 1)
                            + "] or consume through a RocketMQ rule");
        }
        if (filter.startsWithWildcard()) {
            throw new ServiceRuleException(
                    Rule.WILDCARD_IN_FIRST_LEVEL,
                    "Topic filter [" + filter + "] has a wildcard in its first level, which must name a parent topic"
                            + " of the instance. Subscribe to one parent topic at a time, as in alarms/#");
        }
        requireTopic("Topic filter", filter.value(), filter.parentTopic());
        requireLength("Topic filter", filter.value(), limits.topicLength());
    }

    /** Throws {@link ServiceRuleException} if {@code added} is one too many beside {@code held}. */
    public void requireRoom(Collection<TopicFilter> held, TopicFilter added) {
        if (profile == Profile.GENERIC || held.contains(added)) {
            return;
        }
        if (held.size() >= limits.subscriptions()) {
            throw new ServiceRuleException(
                    Rule.SUBSCRIPTIONS,
                    "Topic filter [" + added + "] would be subscription " + (held.size() + 1) + " of this client; the"
                            + " service allows " + limits.subscriptions() + " and drops the rest without a word."
                            + " Unsubscribe one, or merge several into a filter with a wildcard");
        }
        String parent = added.parentTopic();
        long wildcards = held.stream()
                .filter(filter -> filter.hasWildcard() && filter.parentTopic().equals(parent))
                .count();
        if (added.hasWildcard() && wildcards >= limits.wildcardSubscriptions()) {
            throw new ServiceRuleException(
                    Rule.WILDCARD_SUBSCRIPTIONS,
                    "Topic filter [" + added + "] would be wildcard subscription " + (wildcards + 1)
                            + " under the parent topic [" + parent + "]; the service honours "
                            + limits.wildcardSubscriptions() + ". Use a wider filter");
        }
    }

    private static void requireTopic(String thing, String value, String parentTopic) {
        if (value.startsWith("/")) {
            throw new ServiceRuleException(
                    Rule.LEADING_SLASH,
                    thing + " [" + value + "] begins with '/', so its first level is empty; the service needs a parent"
                            + " topic there. Write [" + value.substring(1) + "]");
        }
        if (value.startsWith("$")) {
            throw new ServiceRuleException(
                    Rule.DOLLAR_TOPIC,
                    thing + " [" + value + "] begins with '$'; the service has no such topics for applications."
                            + " Use a topic under a parent topic of the instance");
        }
        if (!isName(parentTopic)) {
            throw new ServiceRuleException(
                    Rule.PARENT_TOPIC,
                    thing + " [" + value + "] has the parent topic [" + parentTopic + "]; the service allows letters,"
                            + " digits, '-' and '_' in it");
        }
    }

    private static void requireLength(String thing, String value, int limit) {
        if (value.length() > limit) {
            throw new ServiceRuleException(
                    Rule.TOPIC_LENGTH,
                    thing + " [" + value + "] has " + value.length() + " characters; the service allows " + limit
                            + ", parent topic and subtopics together. Shorten it");
        }
    }

    private static boolean isName(String part) {
        return !part.isEmpty()
                && part.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || c == '-'
                                || c == '_');
    }
}
