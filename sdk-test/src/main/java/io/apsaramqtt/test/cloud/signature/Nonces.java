package io.apsaramqtt.test.cloud.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The nonces of the last time, each of which may be used once. Thread-safe. */
final class Nonces {

    private record Use(String nonce, Instant at) {}

    private final Duration remembered;
    private final Set<String> used = new HashSet<>();
    private final Deque<Use> inOrder = new ArrayDeque<>();

    Nonces(Duration remembered) {
        this.remembered = remembered;
    }

    /** Uses a nonce; says whether it was new. */
    synchronized boolean use(String nonce, Instant now) {
        while (!inOrder.isEmpty() && inOrder.getFirst().at().plus(remembered).isBefore(now)) {
            used.remove(inOrder.removeFirst().nonce());
        }
        if (!used.add(nonce)) {
            return false;
        }
        inOrder.addLast(new Use(nonce, now));
        return true;
    }
}
