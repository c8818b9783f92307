package io.apsaramqtt.client.connection;

import io.apsaramqtt.permission.Operation;
import io.apsaramqtt.policy.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why the connection probably ended: what was in progress, what the local check says of it, and what the service closes
 * connections for (service pages "FAQ about client connections", "Query the connection history of a device"). The broker itself
 * says nothing on MQTT 3.1.1.
 *
 * <p>Immutable.
 *
 * @param inProgress what was in progress, if anything was
 * @param causes what a connection ends for in such a case, the likeliest first
 */
public record ProbableCause(Optional<InProgress> inProgress, List<Cause> causes) {

    /**
     * What was in progress when the connection ended. Immutable.
     *
     * @param operation what
     * @param topic its topic name or topic filter
     * @param outcome what the local check says of it
     * @param others how many other operations were in progress, so that it may have been one of them
     */
    public record InProgress(Operation operation, String topic, Outcome outcome, int others) {

        @Override
        public String toString() {
            return operation + " '" + topic + "'" + andOthers() + ", which the local check finds "
                    + outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        private String andOthers() {
            return switch (others) {
                case 0 -> "";
                case 1 -> " (and 1 other operation)";
                default -> " (and " + others + " other operations)";
            };
        }
    }

    /** What a connection is closed for. */
    public enum Cause {
        /** The permissions do not allow the topic or the group. */
        NOT_PERMITTED("the AccessKey may not use this topic (device trace: topic auth failed)"),
        /** The parent topic was never created on the instance. */
        TOPIC_NOT_CREATED("the parent topic is not created on the instance"),
        /** The payload is larger than the instance takes. */
        PAYLOAD_TOO_LARGE("the payload is larger than the instance takes (device trace: invalid param)"),
        /** Another connection uses the client ID. */
        TAKEN_OVER("another connection uses this client ID (device trace: clientId conflict)"),
        /** The broker heard nothing for one and a half keep-alives. */
        KEEP_ALIVE("the broker heard nothing within the keep-alive (device trace: no heart)"),
        /** The group of the client ID is unknown, or not permitted. */
        UNKNOWN_GROUP("the group of the client ID is not created on the instance, or not permitted"),
        /** The listeners did not keep up, so this side closed the connection. */
        SLOW_LISTENERS("the listeners did not keep up with the messages"),
        /** Token mode: a token has expired. */
        TOKEN_EXPIRED("a token has expired"),
        /** Token mode: a token was revoked. */
        TOKEN_REVOKED("a token was revoked"),
        /** Token mode: a token is forged, or damaged on its way from the application server. */
        TOKEN_MALFORMED("a token is forged or damaged"),
        /** Token mode: a token is signed for another instance, client or AccessKey. */
        TOKEN_SIGNATURE("the signature of a token is wrong"),
        /** Token mode: no token is for this topic. */
        TOKEN_NOT_FOR_TOPIC("the token is not for this topic"),
        /** Token mode: the type of the token does not permit what was done. */
        TOKEN_NOT_FOR_OPERATION("the type of the token does not permit this operation"),
        /** Token mode: the account that applied for a token may not use the instance. */
        ACCOUNT_NOT_PERMITTED("the account of the token has no permission"),
        /** Token mode: a token is not accepted, for a reason that no page lists. */
        TOKEN_INVALID("a token is not accepted");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** What it means, in words. */
        public String text() {
            return text;
        }
    }

    /** Copies the causes. */
    public ProbableCause {
        causes = List.copyOf(causes);
    }

    /** A sentence of it all. */
    @Override
    public String toString() {
        return inProgress.map(what -> "In progress was: " + what + ". ").orElse("") + "Probably "
                + causes.stream().map(Cause::text).collect(Collectors.joining(", or "));
    }
}
