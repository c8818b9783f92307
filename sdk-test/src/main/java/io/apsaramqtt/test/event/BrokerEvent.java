package io.apsaramqtt.test.event;

import io.apsaramqtt.mqtt.MqttVersion;
import io.apsaramqtt.mqtt.Qos;

/**
 * Something that the broker saw. No event holds a password, a secret or a payload. Immutable.
 */
public sealed interface BrokerEvent {

    /** The client ID, as it was sent. */
    String clientId();

    /**
     * A connection was accepted.
     *
     * @param clientId the client ID
     * @param version the version of MQTT that it speaks
     * @param accessKeyId the masked ID of the AccessKey or device AccessKey in its user name; the user name of a custom identity
     */
    record ConnectAccepted(String clientId, MqttVersion version, String accessKeyId) implements BrokerEvent {}

    /**
     * A connection was refused.
     *
     * @param clientId the client ID
     * @param reason why
     */
    record ConnectRefused(String clientId, RefusedConnect reason) implements BrokerEvent {}

    /**
     * A message was taken for delivery.
     *
     * @param clientId who published it
     * @param topic the topic name
     * @param qos its quality of service
     * @param payloadLength bytes of payload
     */
    record PublishAccepted(String clientId, String topic, Qos qos, int payloadLength) implements BrokerEvent {}

    /**
     * A message was denied, and the connection closed over it.
     *
     * @param clientId who published it
     * @param topic the topic name
     * @param reason why, in words
     */
    record PublishDenied(String clientId, String topic, String reason) implements BrokerEvent {}

    /**
     * A subscription was accepted.
     *
     * @param clientId who subscribed
     * @param topicFilter the topic filter
     * @param qos the quality of service asked for
     */
    record SubscribeAccepted(String clientId, String topicFilter, Qos qos) implements BrokerEvent {}

    /**
     * A subscription was denied, and the connection closed over it.
     *
     * @param clientId who subscribed
     * @param topicFilter the topic filter
     * @param reason why, in words
     */
    record SubscribeDenied(String clientId, String topicFilter, String reason) implements BrokerEvent {}

    /**
     * An accepted connection ended.
     *
     * @param clientId the client ID
     * @param by who ended it
     */
    record Disconnected(String clientId, DisconnectedBy by) implements BrokerEvent {}

    /**
     * A client replaced a token of its connection.
     *
     * @param clientId the client ID
     * @param type R, W or RW
     */
    record TokenUploaded(String clientId, String type) implements BrokerEvent {}

    /**
     * A client was given notice that a token is about to expire.
     *
     * @param clientId the client ID
     * @param type R, W or RW
     */
    record TokenExpiring(String clientId, String type) implements BrokerEvent {}

    /**
     * A client was given notice that a token is not accepted; its connection is closed for it.
     *
     * @param clientId the client ID
     * @param type R, W or RW
     * @param code 1 forged, 2 expired, 3 revoked, 4 not for the topic, 5 not for the operation
     */
    record TokenInvalid(String clientId, String type, int code) implements BrokerEvent {}
}
