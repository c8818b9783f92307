package io.apsaramqtt.policy;

/**
 * What policies say of a request. Immutable.
 */
public enum Outcome {
    /** A statement allows it and none denies it. */
    ALLOWED("allowed"),
    /** A statement denies it, whatever others allow. */
    EXPLICIT_DENY("explicit deny"),
    /** No statement allows it. */
    IMPLICIT_DENY("implicit deny"),
    /** The answer depends on something that is not known here; the broker decides. */
    UNKNOWN("unknown");

    private final String text;

    Outcome(String text) {
        this.text = text;
    }

    /** Whether this is a certain deny, explicit or implicit. */
    public boolean isDenied() {
        return this == EXPLICIT_DENY || this == IMPLICIT_DENY;
    }

    /** The outcome in words: {@code explicit deny}. */
    @Override
    public String toString() {
        return text;
    }
}
