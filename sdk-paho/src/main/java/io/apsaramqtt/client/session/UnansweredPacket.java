package io.apsaramqtt.client.session;

/** Marks a loss that this side brought about because the broker did not answer a packet. Immutable. */
final class UnansweredPacket extends RuntimeException {

    UnansweredPacket() {
        super("the broker did not answer", null, false, false);
    }
}
