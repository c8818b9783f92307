package io.apsaramqtt.test.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accepted connections of an instance, each by a key of its own: while a client ID is taken over two connections have it.
 * The last ones that went are remembered for what they had sent: a broker judges a packet when its turn comes, and a QoS 2
 * message that it took and then did not judge would be lost, as it answers the second copy without a look at it.
 *
 * <p>Thread-safe.
 */
public final class OpenConnections {

    /** Far more than go while a packet waits for its turn. */
    private static final int MAX_GONE = 256;

    private final Map<String, Rights> open = new ConcurrentHashMap<>();
    private final Map<String, Rights> gone = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rights> eldest) {
            return size() > MAX_GONE;
        }
    });

    OpenConnections() {}

    /** Takes a connection, and returns its key. */
    public String add(Rights rights) {
        String key = UUID.randomUUID().toString();
        open.put(key, rights);
        return key;
    }

    /** What the client of a connection may do, also when it has just gone. */
    public Optional<Rights> find(String key) {
        return Optional.ofNullable(open.get(key)).or(() -> Optional.ofNullable(gone.get(key)));
    }

    /** Whether the connection has not gone. */
    public boolean isOpen(String key) {
        return open.containsKey(key);
    }

    /** The connection is gone. Whether it was not before. */
    public boolean remove(String key) {
        Rights rights = open.get(key);
        if (rights == null) {
            return false;
        }
        // In this order, so that it is found at any time.
        gone.put(key, rights);
        return open.remove(key) != null;
    }
}
