package io.apsaramqtt.spring;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.authentication.Tokens;
import io.apsaramqtt.client.connection.ConnectFailedException;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.mqtt.TopicFilter;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.permission.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a client, as an application event: {@code @EventListener void on(MqttEvent.ConnectionLost event)}. Published
 * on a thread of the client, {@link PermissionDenied} on that of the caller before the call fails: an event listener that may
 * block is better {@code @Async}.
 *
 * <p>Immutable, all of them.
 */
public sealed interface MqttEvent {

    /** The name of the client, {@code default} where there is but one. */
    String client();

    /**
     * The client is connected and subscribed, the first time or again.
     *
     * @param client its name
     */
    record Connected(String client) implements MqttEvent {}

    /**
     * The connection was lost; the client is connecting again.
     *
     * @param client its name
     * @param loss how
     */
    record ConnectionLost(String client, ConnectionLostException loss) implements MqttEvent {

        /** What it was probably for, where something was in progress shortly before. */
        public Optional<ProbableCause> probableCause() {
            return loss.probableCause();
        }
    }

    /**
     * An attempt to connect again failed; the client tries on.
     *
     * @param client its name
     * @param failure why
     */
    record ReconnectFailed(String client, ConnectFailedException failure) implements MqttEvent {}

    /**
     * The client has stopped connecting again, because that would not help.
     *
     * @param client its name
     * @param why the last failure
     */
    record GaveUp(String client, ApsaraMqttException why) implements MqttEvent {}

    /**
     * A filter is not subscribed to any more, or was not granted at the connect.
     *
     * @param client its name
     * @param filter which
     * @param why what the broker or the permissions say
     */
    record SubscriptionLost(String client, TopicFilter filter, ApsaraMqttException why) implements MqttEvent {}

    /**
     * Messages to a topic are no longer sent for a while.
     *
     * @param client its name
     * @param topic which
     * @param why a {@code QuarantinedException}
     */
    record TopicQuarantined(String client, String topic, ApsaraMqttException why) implements MqttEvent {}

    /**
     * An operation was found certainly denied. It is refused, unless the permission mode says otherwise.
     *
     * @param client its name
     * @param operation what was asked
     * @param topic topic name or topic filter
     * @param verdict the answer, and what it was made of
     */
    record PermissionDenied(String client, Operation operation, String topic, Verdict verdict) implements MqttEvent {}

    /**
     * The local copy of the permissions has changed.
     *
     * @param client its name
     * @param before what was granted
     * @param after what is
     */
    record PermissionsChanged(String client, EffectivePermissions before, EffectivePermissions after)
            implements MqttEvent {}

    /**
     * Another AccessKey is in use than before, from the connection on that is being made.
     *
     * @param client its name
     * @param accessKeyId of the new one, masked
     * @param expiresAt when the new one expires, if it is a temporary one
     */
    record CredentialsRefreshed(String client, String accessKeyId, Optional<Instant> expiresAt) implements MqttEvent {}

    /**
     * In token mode, other tokens are in use, without a new connection.
     *
     * @param client its name
     * @param tokens which; their text shows neither their values nor the whole AccessKey ID
     */
    record TokensRenewed(String client, Tokens tokens) implements MqttEvent {}

    /**
     * In token mode, other tokens could not be had, or the broker refused them; the client asks again after a while.
     *
     * @param client its name
     * @param why what went wrong
     * @param expiresAt when the tokens in use expire, and the broker ends the connection
     */
    record TokenRenewalFailed(String client, ApsaraMqttException why, Instant expiresAt) implements MqttEvent {}

    /**
     * In token mode, the broker said something of a token.
     *
     * @param client its name
     * @param notice what
     */
    record TokenNoticed(String client, TokenNotice notice) implements MqttEvent {}
}
