package io.apsaramqtt.test.service;

/**
 * What the service makes of a publish or subscribe.
 *
 * <p>Immutable.
 *
 * @param allowed whether it is carried out
 * @param reason why not, in words; empty if it is allowed
 */
public record Ruling(boolean allowed, String reason) {

    static final Ruling ALLOWED = new Ruling(true, "");

    static Ruling denied(String reason) {
        return new Ruling(false, reason);
    }
}
