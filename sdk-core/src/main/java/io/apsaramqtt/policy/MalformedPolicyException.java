package io.apsaramqtt.policy;

import io.apsaramqtt.ApsaraMqttException;

/**
 * A document that is no RAM policy: not JSON, or JSON that the policy language does not allow.
 *
 * <p>Immutable.
 */
public final class MalformedPolicyException extends ApsaraMqttException {

    private final String source;
    private final int line;
    private final int column;
    private final String pointer;
    private final String problem;

    MalformedPolicyException(String source, int line, int column, String pointer, String problem) {
        super("Policy [" + source + "], line " + line + ", column " + column
                + (pointer.isEmpty() ? "" : " (" + pointer + ")") + ": " + problem);
        this.source = source;
        this.line = line;
        this.column = column;
        this.pointer = pointer;
        this.problem = problem;
    }

    /** Name of the policy or file. */
    public String source() {
        return source;
    }

    /** Line of the problem, from 1. */
    public int line() {
        return line;
    }

    /** Column of the problem, from 1. */
    public int column() {
        return column;
    }

    /** JSON pointer (RFC 6901) to the member that is wrong; empty for the whole document. */
    public String pointer() {
        return pointer;
    }

    /** What is wrong and what to do, without the place: the end of the message. */
    public String problem() {
        return problem;
    }
}
