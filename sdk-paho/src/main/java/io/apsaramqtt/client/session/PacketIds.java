package io.apsaramqtt.client.session;

import java.util.BitSet;

/** Packet identifiers, 1 to 65,535 (MQTT 3.1.1 section 2.3.1), each given to one packet at a time. Guarded by the session. */
final class PacketIds {

    static final int MAX = 65_535;

    private final BitSet used = new BitSet(MAX + 1);
    private int last;

    /** The next one that is free; an identifier comes back late, so that an answer too late finds nobody. */
    int take() {
        int next = used.nextClearBit(last + 1);
        if (next > MAX) {
            next = used.nextClearBit(1);
            if (next > MAX) {
                throw new IllegalStateException("All 65,535 packet identifiers are in use");
            }
        }
        used.set(next);
        last = next;
        return next;
    }

    void free(int id) {
        used.clear(id);
    }

    int inUse() {
        return used.cardinality();
    }
}
