package io.apsaramqtt.mqtt;

import io.apsaramqtt.ApsaraMqttException;

/**
 * Something that MQTT allows but the service does not: it would drop the message or the connection without a word, so the
 * call ends here, before anything is sent.
 *
 * <p>Immutable.
 */
public final class ServiceRuleException extends ApsaraMqttException {

    /** The rule that was broken. */
    public enum Rule {
        /** Form and characters of the client ID. */
        CLIENT_ID_FORM,
        /** Length of the client ID. */
        CLIENT_ID_LENGTH,
        /** Characters of the parent topic. */
        PARENT_TOPIC,
        /** No leading {@code /}. */
        LEADING_SLASH,
        /** No wildcard in the first level. */
        WILDCARD_IN_FIRST_LEVEL,
        /** No topic that begins with {@code $}. */
        DOLLAR_TOPIC,
        /** No shared subscription. */
        SHARED_SUBSCRIPTION,
        /** Length of a topic name or filter. */
        TOPIC_LENGTH,
        /** Size of the payload. */
        PAYLOAD_SIZE,
        /** No retained message. */
        RETAINED_MESSAGE,
        /** No will. */
        WILL,
        /** Subscriptions a client. */
        SUBSCRIPTIONS,
        /** Wildcard subscriptions a parent topic. */
        WILDCARD_SUBSCRIPTIONS,
        /** No QoS 2 in a session that the broker keeps. */
        QOS,
        /** No property of MQTT 5 on MQTT 3.1.1. */
        PROPERTIES,
        /** Seconds for which a session is kept. */
        SESSION_EXPIRY,
        /** Number and characters of the topics of a token. */
        TOKEN_RESOURCES,
        /** How long a token is valid. */
        TOKEN_LIFE
    }

    private final Rule rule;

    /** {@code message} says what is wrong, what is allowed and what to do. */
    public ServiceRuleException(Rule rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** The rule that was broken. */
    public Rule rule() {
        return rule;
    }
}
