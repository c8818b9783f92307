package io.apsaramqtt.test;

import io.apsaramqtt.authentication.DeviceCredential;
import io.apsaramqtt.authentication.Token;
import io.apsaramqtt.authentication.TokenType;
import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.credentials.CredentialsProvider;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.policy.Policy;
import io.apsaramqtt.policy.PolicySet;
import io.apsaramqtt.test.cloud.mqtt.IssuedDeviceCredential;
import io.apsaramqtt.test.event.BrokerEvents;
import io.apsaramqtt.test.hivemq.HiveMqBroker;
import io.apsaramqtt.test.service.Instance;
import java.time.Duration;

/**
 * An instance of ApsaraMQ for MQTT in this JVM, for tests and for development: signatures and tokens are verified, groups must exist,
 * RAM policies are enforced by closing the connection, P2P messages arrive without a subscription.
 *
 * <p>All instances of a JVM share one broker, which the first one starts (in one to two seconds) and the end of the JVM
 * ends; they are told apart by the instance ID in the user name, and no message passes between them. Client IDs are unique
 * over all instances, as they are on the service: the same one connected twice is taken over. The broker's threads keep the
 * JVM alive: a program with a {@code main} method ends by {@link System#exit}.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedApsaraMqtt implements AutoCloseable {

    private final HiveMqBroker broker;
    private final Instance instance;
    private final String groupId;
    private final AccessKey firstAccessKey;

    EmbeddedApsaraMqtt(HiveMqBroker broker, Instance instance, String groupId, AccessKey firstAccessKey) {
        this.broker = broker;
        this.instance = instance;
        this.groupId = groupId;
        this.firstAccessKey = firstAccessKey;
    }

    /** A builder with an instance ID of its own, which makes up a group and an AccessKey of the account if given none. */
    public static EmbeddedApsaraMqttBuilder builder() {
        return new EmbeddedApsaraMqttBuilder();
    }

    /** Where clients connect to, such as {@code tcp://127.0.0.1:41234}. */
    public String endpoint() {
        return "tcp://127.0.0.1:" + port();
    }

    /** The port at 127.0.0.1. */
    public int port() {
        return broker.port();
    }

    /** The instance ID, which belongs into the user name of each connection. */
    public String instanceId() {
        return instance.id();
    }

    /** The AccessKey that was given first. */
    public CredentialsProvider credentials() {
        return CredentialsProvider.of(firstAccessKey);
    }

    /** A client ID of the group that was given first: {@code GID_test@@@device-1} for {@code device-1}. */
    public ClientId clientId(String deviceId) {
        return ClientId.of(groupId, deviceId);
    }

    /**
     * Replaces the policies of a RAM user, for the next operation of open connections, too.
     *
     * @throws IllegalArgumentException if the AccessKey is not known, or is the account's own
     */
    public void setPolicies(String accessKeyId, Policy... policies) {
        instance.setPolicies(accessKeyId, PolicySet.of(policies));
    }

    /** Hands out a token for topics, as ApplyToken does; it may live shorter than the service's 60 seconds. */
    public Token issueToken(TokenType type, Duration life, String... topicFilters) {
        return instance.desk().issue(type, life, topicFilters);
    }

    /** Has a token expire now: its connections are given notice and closed. Does not wait for that. */
    public void expireToken(Token token) {
        instance.desk().expire(token.value());
        broker.checkTokens(instance);
    }

    /** Revokes a token that this instance handed out: its connections are given notice and closed. Does not wait for that. */
    public void revokeToken(Token token) {
        instance.desk().revoke(token.value());
        broker.checkTokens(instance);
    }

    /**
     * Has a token refused from now on for a reason that only the service can have: its connections are given notice with this
     * code and closed, further ones are refused. Does not wait for that.
     *
     * @param code of {@code $SYS/tokenInvalidNotice}, such as 8 for a wrong signature, or -1 for an account without permission
     */
    public void refuseToken(Token token, int code) {
        instance.desk().refuse(token.value(), code);
        broker.checkTokens(instance);
    }

    /** Registers a device, as RegisterDeviceCredential does: a second call replaces the first credential. */
    public DeviceCredential registerDevice(ClientId clientId) {
        IssuedDeviceCredential issued = instance.desk().register(clientId.value());
        return DeviceCredential.of(issued.accessKeyId(), issued.accessKeySecret());
    }

    /** Forgets a registered device, for its next connection. */
    public void unregisterDevice(ClientId clientId) {
        instance.desk().unregister(clientId.value());
    }

    /** What the broker saw of this instance's clients. */
    public BrokerEvents events() {
        return instance.events();
    }

    /** Cuts the connection of a client of this instance; says whether it was connected. Blocks until it is done. */
    public boolean disconnect(ClientId clientId) {
        return instance.clientIds().contains(clientId.value()) && broker.disconnect(clientId.value());
    }

    /** Cuts the connections of the instance's clients, forgets their sessions and the instance. Blocks until it is done. */
    @Override
    public void close() {
        if (broker.instances().close(instance)) {
            instance.clientIds().forEach(broker::forget);
        }
    }

    /** Instance ID and endpoint. */
    @Override
    public String toString() {
        return "EmbeddedApsaraMqtt[" + instanceId() + " at " + endpoint() + "]";
    }
}
