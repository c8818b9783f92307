package io.apsaramqtt.permission;

/**
 * What a client asks of the broker. Immutable.
 */
public enum Operation {
    /** Publish to a topic name. */
    PUBLISH("publish to"),
    /** Subscribe to a topic filter. */
    SUBSCRIBE("subscribe to");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /** The operation in words, before a topic: {@code publish to}. */
    @Override
    public String toString() {
        return text;
    }
}
