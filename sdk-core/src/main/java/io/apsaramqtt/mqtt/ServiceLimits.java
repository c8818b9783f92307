package io.apsaramqtt.mqtt;

/**
 * The limits of the service in one value (service page "Limits"). Some editions raise some of them: change those with the
 * {@code with} methods.
 *
 * <p>Immutable.
 *
 * @param topicLength longest topic name or filter, in characters, parent topic and subtopics together
 * @param p2pTopicLength longest P2P topic, in characters; the page's 64 cannot hold a client ID of 64
 * @param payloadBytes largest payload, in bytes
 * @param subscriptions topic filters a client may hold; the service drops what is above without a word
 * @param wildcardSubscriptions filters with a wildcard under one parent topic
 * @param clientIdLength longest client ID, in characters
 */
public record ServiceLimits(
        int topicLength,
        int p2pTopicLength,
        int payloadBytes,
        int subscriptions,
        int wildcardSubscriptions,
        int clientIdLength) {

    /** What the service documents for a standard instance: 64, 128, 65,536, 30, 100, 64. */
    public static ServiceLimits standard() {
        return new ServiceLimits(64, 128, 65_536, 30, 100, 64);
    }

    /** These limits with another largest payload, in bytes. */
    public ServiceLimits withPayloadBytes(int bytes) {
        return new ServiceLimits(
                topicLength, p2pTopicLength, bytes, subscriptions, wildcardSubscriptions, clientIdLength);
    }

    /** These limits with another number of subscriptions a client. */
    public ServiceLimits withSubscriptions(int count) {
        return new ServiceLimits(
                topicLength, p2pTopicLength, payloadBytes, count, wildcardSubscriptions, clientIdLength);
    }

    /** These limits with another longest topic name or filter, in characters. */
    public ServiceLimits withTopicLength(int characters) {
        return new ServiceLimits(
                characters, p2pTopicLength, payloadBytes, subscriptions, wildcardSubscriptions, clientIdLength);
    }
}
