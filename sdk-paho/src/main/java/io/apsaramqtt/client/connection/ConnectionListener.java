package io.apsaramqtt.client.connection;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.mqtt.TopicFilter;
import java.time.Instant;

/**
 * Is told when a client's connection comes and goes. Called on a thread of the client, one call at a time; it may block,
 * which delays only later calls. What it throws is logged.
 */
public interface ConnectionListener {

    /** The client is connected and subscribed, the first time or again. */
    default void connected() {}

    /** The connection was lost, perhaps with a probable cause; the client is connecting again. */
    default void connectionLost(ConnectionLostException loss) {}

    /** An attempt to connect again failed; the client tries on. */
    default void reconnectFailed(ConnectFailedException failure) {}

    /**
     * The client has stopped connecting again, because that would not help: the broker refuses the credentials, or another
     * client takes the connection away each time. Everything pending has failed; {@code connect()} begins anew.
     */
    default void gaveUp(ApsaraMqttException why) {}

    /**
     * A filter is not subscribed to any more, and its listener gets nothing: the broker does not grant it and it is forgotten;
     * or the permissions deny it, or it is in quarantine, and it is tried again when that is over. Permissions that come to deny
     * what the broker has granted lose nothing before the broker's session ends.
     */
    default void subscriptionLost(TopicFilter filter, ApsaraMqttException why) {}

    /**
     * Messages to a topic, or to all topics below a parent topic, are no longer sent for a while: {@code why} is a
     * {@code QuarantinedException} that says which of both.
     */
    default void topicQuarantined(String topic, ApsaraMqttException why) {}

    /** In token mode, other tokens are in use, without a new connection: the broker has acknowledged them. */
    default void tokensRenewed(Tokens tokens) {}

    /**
     * In token mode, other tokens could not be had, or the broker refused them; the client asks again after a while. At
     * {@code expiresAt} the tokens in use expire, and the broker ends the connection.
     */
    default void tokenRenewalFailed(ApsaraMqttException why, Instant expiresAt) {}

    /** In token mode, the broker said something of a token. */
    default void tokenNotice(TokenNotice notice) {}
}
