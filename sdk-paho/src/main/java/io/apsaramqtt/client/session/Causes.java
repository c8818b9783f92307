package io.apsaramqtt.client.session;

import io.apsaramqtt.authentication.TokenNotice;
import io.apsaramqtt.client.connection.ConnectionLostException;
import io.apsaramqtt.client.connection.Endpoint;
import io.apsaramqtt.client.connection.ProbableCause;
import io.apsaramqtt.client.connection.ProbableCause.Cause;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.permission.Operation;
import java.util.List;
import java.util.Optional;

/** What connections are lost for, as far as it can be told (service page "Query the connection history of a device"). */
final class Causes {

    private Causes() {}

    /** The loss with its cause, where it says itself what it is for; otherwise as it was. */
    static ConnectionLostException named(ConnectionLostException loss) {
        if (Attempts.isTakeover(loss)) {
            return probably(loss, Cause.TAKEN_OVER);
        }
        return Failures.isSilence(loss) ? probably(loss, Cause.KEEP_ALIVE) : loss;
    }

    /** The loss, probably for what the broker said of a token. */
    static ConnectionLostException named(ConnectionLostException loss, Optional<Cause> token) {
        return token.map(cause -> probably(loss, cause)).orElse(loss);
    }

    /** What a connection probably ends for when the broker has given notice of this. */
    static Cause of(TokenNotice.Problem problem) {
        return switch (problem) {
            case MALFORMED -> Cause.TOKEN_MALFORMED;
            case EXPIRED -> Cause.TOKEN_EXPIRED;
            case REVOKED -> Cause.TOKEN_REVOKED;
            case OTHER_RESOURCES -> Cause.TOKEN_NOT_FOR_TOPIC;
            case OTHER_TYPE -> Cause.TOKEN_NOT_FOR_OPERATION;
            case WRONG_SIGNATURE -> Cause.TOKEN_SIGNATURE;
            case ACCOUNT_NOT_PERMITTED -> Cause.ACCOUNT_NOT_PERMITTED;
            case OTHER -> Cause.TOKEN_INVALID;
        };
    }

    /** Whether it is no operation's fault: where one asks for more than its token gives, the token is good. */
    static boolean isOfTokenAlone(Cause token) {
        return token != Cause.TOKEN_NOT_FOR_TOPIC && token != Cause.TOKEN_NOT_FOR_OPERATION;
    }

    /** The broker ended one connection after the other within seconds, and nothing was in progress on them. */
    static ConnectionLostException diedIdle(ConnectionLostException loss, ClientId clientId, Endpoint endpoint) {
        return probably(
                loss.during("Connections of client ID [" + clientId + "] to [" + endpoint
                        + "] end again and again within seconds"),
                Cause.TAKEN_OVER,
                Cause.UNKNOWN_GROUP);
    }

    /** This side ended the connection, as it could hold the broker back no longer. */
    static ConnectionLostException slowListeners(Endpoint endpoint) {
        return probably(
                new ConnectionLostException(
                        "Connection to [" + endpoint + "] was closed by this side: there was no room for a message for"
                                + " half a keep-alive. Make the listeners faster, or give the client more"
                                + " listenerThreads",
                        null,
                        new SlowListeners()),
                Cause.SLOW_LISTENERS);
    }

    /** This side ended the connection, as the broker did not answer. */
    static ConnectionLostException unanswered(Endpoint endpoint, String reason) {
        return new ConnectionLostException(
                "Connection to [" + endpoint + "] was closed by this side: " + reason, null, new UnansweredPacket());
    }

    private static ConnectionLostException probably(ConnectionLostException loss, Cause... causes) {
        return loss.probablyFor(new ProbableCause(Optional.empty(), List.of(causes)));
    }

    /** What the broker may have ended the connection for with this operation in progress, the likeliest first. */
    static List<Cause> of(Operation operation, ConnectionLostException loss) {
        int code = loss.reasonCode().orElse(0);
        if (code == ReasonCodes.PACKET_TOO_LARGE) {
            return List.of(Cause.PAYLOAD_TOO_LARGE);
        }
        if (operation == Operation.SUBSCRIBE) {
            return List.of(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED, Cause.UNKNOWN_GROUP);
        }
        return code == ReasonCodes.NOT_AUTHORIZED
                ? List.of(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED)
                : List.of(Cause.NOT_PERMITTED, Cause.TOPIC_NOT_CREATED, Cause.PAYLOAD_TOO_LARGE);
    }
}
