package io.apsaramqtt.test.service;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accepted connections of an instance, each by a key of its own: while a client ID is taken over two connections have it.
 *
 * <p>Thread-safe.
 */
public final class OpenConnections {

    private final Map<String, Rights> open = new ConcurrentHashMap<>();

    OpenConnections() {}

    /** Takes a connection, and returns its key. */
    public String add(Rights rights) {
        String key = UUID.randomUUID().toString();
        open.put(key, rights);
        return key;
    }

    /** What the client of a connection may do, while it is open. */
    public Optional<Rights> find(String key) {
        return Optional.ofNullable(open.get(key));
    }

    /** The connection is gone. */
    public void remove(String key) {
        open.remove(key);
    }
}
