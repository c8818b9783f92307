package io.apsaramqtt.client;

import io.apsaramqtt.mqtt.ClientId;
import java.util.List;

/** Threads of a client, its own and its engine's: all are named after it. */
public final class Threads {

    private Threads() {}

    /** The names of those that are alive. */
    public static List<String> of(ClientId clientId) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(clientId.value()))
                .sorted()
                .toList();
    }
}
