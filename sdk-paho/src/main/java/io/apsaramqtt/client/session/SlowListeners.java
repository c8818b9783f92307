package io.apsaramqtt.client.session;

/** Marks a loss that this side brought about because its listeners did not keep up. Immutable. */
final class SlowListeners extends RuntimeException {

    SlowListeners() {
        super("the listeners did not keep up", null, false, false);
    }
}
