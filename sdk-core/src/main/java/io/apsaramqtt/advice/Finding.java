package io.apsaramqtt.advice;

import java.util.Locale;

/**
 * Something in a policy document that is wrong or unwise, and what to do about it.
 *
 * <p>Immutable.
 *
 * @param severity how bad it is
 * @param rule which rule found it
 * @param source name of the document, such as its file name
 * @param line line of the text in question, from 1
 * @param column column of the text in question, in characters, from 1
 * @param message the thing and its value in brackets, what is wrong with it, and what to do
 */
public record Finding(Severity severity, Rule rule, String source, int line, int column, String message) {

    /** How bad a finding is. Immutable. */
    public enum Severity {
        /** RAM refuses the document, or a part of it certainly does not do what it says. */
        ERROR,
        /** RAM most likely refuses the document, or a part of it most likely does not do what was meant or grants too much. */
        WARNING,
        /** The document works; it could say better what is meant. */
        ADVICE;

        /** The severity in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is looked for. Immutable. */
    public enum Rule {
        /** A placeholder of a sample that was never filled in. */
        PLACEHOLDER,
        /** A comment, which RAM refuses. */
        COMMENT,
        /** Not JSON, or JSON that is no policy. */
        MALFORMED,
        /** A document longer than a limit of RAM; sizes are told, never enforced. */
        DOCUMENT_SIZE,
        /** An action of the service that is not known, or is spelt otherwise. */
        UNKNOWN_ACTION,
        /** An operation of the OpenAPI in place of an action. */
        OPERATION_NAME,
        /** An action that the service's page misspells: it has to be written so. */
        MISSPELLED_BY_VENDOR,
        /** A blank inside an action. */
        BLANK_IN_ACTION,
        /** A resource that nothing of the service is ever named. */
        IMPOSSIBLE_RESOURCE,
        /** A resource that is not of the instance which the linter was asked about. */
        OTHER_INSTANCE,
        /** A permission on a topic or group without the one on its instance. */
        MISSING_PREREQUISITE,
        /** An instance ID with {@code *} right behind it, which longer IDs match too. */
        COVERS_LONGER_IDS,
        /** A pattern for everything in an instance that misses the instance itself. */
        MISSES_INSTANCE,
        /** All actions on an MQTT instance whose topics lie under another one. */
        COVERS_NO_TOPICS,
        /** A statement that changes nothing, because another says all of it. */
        UNREACHABLE,
        /** An Allow that never allows, because a Deny covers all of it. */
        DENY_HIDES_ALLOW,
        /** A condition operator that RAM does not have. */
        UNSUPPORTED_OPERATOR,
        /** A member that statements do not have. */
        UNKNOWN_MEMBER,
        /** A grant on every topic of every instance. */
        OVER_BROAD;

        /** The rule in lower case, words joined by hyphens: {@code unknown-action}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** {@code policy.json:3:19: warning: Action [mq:PUBLISH] ... [unknown-action]}. */
    @Override
    public String toString() {
        return source + ":" + line + ":" + column + ": " + severity + ": " + message + " [" + rule + "]";
    }
}
