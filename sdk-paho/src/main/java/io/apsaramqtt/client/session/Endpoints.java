package io.apsaramqtt.client.session;

import io.apsaramqtt.client.connection.Endpoint;
import java.util.List;

/** Where to connect, in order: after the last one comes the first again, and a wait before it. Guarded by the session. */
final class Endpoints {

    private final List<Endpoint> endpoints;
    private int next;

    Endpoints(List<Endpoint> endpoints) {
        this.endpoints = List.copyOf(endpoints);
    }

    Endpoint next() {
        Endpoint endpoint = endpoints.get(next);
        next = (next + 1) % endpoints.size();
        return endpoint;
    }

    /** Whether all were tried, so that the next attempt waits. */
    boolean isRoundOver() {
        return next == 0;
    }

    /** Begins with the first again. */
    void reset() {
        next = 0;
    }
}
